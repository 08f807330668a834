package io.tapeline.timing;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Times a method of a bean that asks another service or a venue. Like {@link TimeFunction}, but
 * patient: what lies on the way is not ours.
 */
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface TimeApiCall {
  /** Empty: class and method. */
  @Nonbinding
  String name() default "";

  /** What takes longer is warned of: {@code 250us}, {@code 50ms}, {@code 2s}. */
  @Nonbinding
  String threshold() default "1s";

  /** What is timed, for people. */
  @Nonbinding
  String what() default "";
}
