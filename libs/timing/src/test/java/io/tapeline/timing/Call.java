package io.tapeline.timing;

import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.Callable;

/** A call on its way through an interceptor. */
record Call(Method method, Callable<Object> body) implements InvocationContext {
  @Override
  public Object proceed() throws Exception {
    return body.call();
  }

  @Override
  public Method getMethod() {
    return method;
  }

  @Override
  public Object getTarget() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object getTimer() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Constructor<?> getConstructor() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object[] getParameters() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setParameters(Object[] parameters) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, Object> getContextData() {
    throw new UnsupportedOperationException();
  }
}
