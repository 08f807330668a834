package io.tapeline.timing;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.processor.BeanArchives;
import io.quarkus.arc.processor.BeanProcessor;
import io.quarkus.arc.processor.ResourceOutput.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.jandex.Index;

/**
 * Makes what a build of Quarkus makes of the beans: the classes that intercept. Run once, after the
 * compiler and before the benchmark.
 */
final class Container {
  private Container() {}

  /** The one argument is the directory of classes. */
  public static void main(String[] arguments) throws Exception {
    var classes = Path.of(arguments[0]);
    var beans =
        BeanArchives.buildImmutableBeanArchiveIndex(
            Index.of(
                TimedWork.class,
                ServiceMeters.class,
                Timing.class,
                TimingConfig.class,
                TimeFunction.class,
                TimeFunctionInterceptor.class,
                MeterRegistry.class));
    BeanProcessor.builder()
        .setName("benchmarks")
        .setImmutableBeanArchiveIndex(beans)
        .setComputingBeanArchiveIndex(
            BeanArchives.buildComputingBeanArchiveIndex(
                Container.class.getClassLoader(), new ConcurrentHashMap<>(), beans))
        .setOutput(resource -> write(classes, resource))
        .build()
        .process();
  }

  private static void write(Path classes, Resource resource) throws java.io.IOException {
    var file =
        switch (resource.getType()) {
          case JAVA_CLASS -> classes.resolve(resource.getName() + ".class");
          case SERVICE_PROVIDER -> classes.resolve("META-INF/services/" + resource.getName());
          case JAVA_SOURCE -> classes.resolve(resource.getName() + ".txt");
        };
    Files.createDirectories(file.getParent());
    Files.write(file, resource.getData());
  }
}
