package io.tapeline.timing;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Times what is marked {@link TimeFunction}. */
@TimeFunction
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class TimeFunctionInterceptor {
  private final Timing timing;
  private final TimedCalls calls = new TimedCalls(this::declare);

  @Inject
  TimeFunctionInterceptor(Timing timing) {
    this.timing = timing;
  }

  @AroundInvoke
  @Nullable Object time(InvocationContext call) throws Exception {
    return calls.time(call);
  }

  private Operation declare(Method method) {
    var said = TimedCalls.said(method, TimeFunction.class);
    return timing.declare(TimedCalls.name(said.name(), method), said.threshold(), said.what());
  }
}
