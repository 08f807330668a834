package io.tapeline.timing;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls of annotated methods, timed until what they give is there. */
final class TimedCalls {
  private final Map<Method, Operation> operations = new ConcurrentHashMap<>();
  private final Function<Method, Operation> declare;

  /**
   * @param declare the operation of a method that is called for the first time
   */
  TimedCalls(Function<Method, Operation> declare) {
    this.declare = declare;
  }

  /** The annotation of the method, or else of its class. */
  static <A extends Annotation> A said(Method method, Class<A> type) {
    var ofMethod = method.getAnnotation(type);
    if (ofMethod != null) return ofMethod;
    var ofClass = method.getDeclaringClass().getAnnotation(type);
    if (ofClass == null) throw new IllegalStateException(method + " is not to be timed");
    return ofClass;
  }

  static String name(String said, Method method) {
    return said.isEmpty()
        ? method.getDeclaringClass().getSimpleName() + '.' + method.getName()
        : said;
  }

  @Nullable Object time(InvocationContext call) throws Exception {
    var method = call.getMethod();
    var known = operations.get(method);
    return time(known != null ? known : operations.computeIfAbsent(method, declare), call);
  }

  private static @Nullable Object time(Operation operation, InvocationContext call)
      throws Exception {
    long began = operation.now();
    Object result;
    try {
      result = call.proceed();
    } catch (Exception | Error e) {
      operation.failed(operation.now() - began);
      throw e;
    }
    // What is not there yet starts its own clock when somebody wants it, which may be never.
    long made = operation.now() - began;
    return switch (result) {
      case Uni<?> uni -> uni(operation, uni, made);
      case Multi<?> multi -> multi(operation, multi, made);
      case CompletionStage<?> stage -> stage(operation, stage, began);
      case null, default -> {
        operation.took(made);
        yield result;
      }
    };
  }

  private static <T> Uni<T> uni(Operation operation, Uni<T> uni, long made) {
    return Uni.createFrom()
        .deferred(
            () -> {
              long began = operation.now() - made;
              return uni.onTermination()
                  .invoke(
                      (_, failure, canceled) ->
                          // who gives up waiting has not been served
                          end(operation, began, failure != null || canceled));
            });
  }

  private static <T> Multi<T> multi(Operation operation, Multi<T> multi, long made) {
    return Multi.createFrom()
        .deferred(
            () -> {
              long began = operation.now() - made;
              return multi
                  .onTermination()
                  // who has seen enough of a stream was served
                  .invoke((failure, _) -> end(operation, began, failure != null));
            });
  }

  private static <T> CompletionStage<T> stage(
      Operation operation, CompletionStage<T> stage, long began) {
    return stage.whenComplete((_, failure) -> end(operation, began, failure != null));
  }

  private static void end(Operation operation, long began, boolean failed) {
    long nanos = operation.now() - began;
    if (failed) operation.failed(nanos);
    else operation.took(nanos);
  }
}
