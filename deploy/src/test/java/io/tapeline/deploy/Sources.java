package io.tapeline.deploy;

import io.tapeline.contract.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** What a service really has, from its own files: the modules know nothing of each other. */
final class Sources {
  static final List<String> SERVICES =
      List.of("market-gateway", "order-service", "position-service", "ui-bridge");

  private static final Pattern TOPIC = Pattern.compile("\\bTopics\\.([A-Z_]+)\\b");
  private static final Pattern METER =
      Pattern.compile("(?:counter|gauge|timer|summary)\\(\\s*\"([a-z.]+)\"");

  private Sources() {}

  static Properties settings(String service) {
    return properties(
        Manifests.ROOT.resolve(service).resolve("src/main/resources/application.properties"));
  }

  private static Properties properties(Path file) {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  /** Names of settings that some service or library states or maps, as environment variables. */
  static Set<String> environmentVariables() {
    var names = new TreeSet<String>();
    for (var service : SERVICES) names.addAll(settings(service).stringPropertyNames());
    names.addAll(
        properties(
                Manifests.ROOT.resolve(
                    "libs/service/src/main/resources/META-INF/microprofile-config.properties"))
            .stringPropertyNames());
    for (var setting : Settings.all()) names.add(setting.name());
    for (var name : ConsumerConfig.configNames()) names.add("kafka." + name);
    // Quarkus' own, where each service has but one data source
    names.addAll(Set.of("quarkus.datasource.username", "quarkus.datasource.password"));
    names.add("tapeline.log-json");
    return names.stream().map(Sources::environmentVariable).collect(Collectors.toSet());
  }

  private static String environmentVariable(String setting) {
    return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /** Topics that a service's code names. */
  static Set<String> topics(String service) {
    var names = new TreeSet<String>();
    var known = Topics.class;
    for (var source : java(service)) {
      var matcher = TOPIC.matcher(source);
      while (matcher.find()) {
        try {
          if (known.getField(matcher.group(1)).get(null) instanceof String topic) names.add(topic);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(matcher.group(), e);
        }
      }
    }
    return names;
  }

  /** Meters that a service's code registers, as Prometheus names them (without unit and suffix). */
  static Set<String> meters(String service) {
    var names = new TreeSet<String>();
    for (var source : java(service)) {
      var matcher = METER.matcher(source);
      while (matcher.find()) names.add(matcher.group(1).replace('.', '_'));
    }
    return names;
  }

  static List<String> java(String service) {
    try (var files = Files.walk(Manifests.ROOT.resolve(service).resolve("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).map(Sources::text).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
