package io.tapeline.timing;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Times a method of a bean: until it returns, or until its {@code Uni}, {@code Multi} or {@code
 * CompletionStage} is done.
 */
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface TimeFunction {
  /** Empty: class and method. */
  @Nonbinding
  String name() default "";

  /** What takes longer is warned of: {@code 250us}, {@code 50ms}, {@code 2s}. */
  @Nonbinding
  String threshold() default "100ms";

  /** What is timed, for people. */
  @Nonbinding
  String what() default "";
}
