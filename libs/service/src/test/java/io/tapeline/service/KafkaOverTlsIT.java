package io.tapeline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapeline.contract.Topics;
import io.tapeline.stack.LocalKafka;
import io.tapeline.stack.Ports;
import io.tapeline.stack.TopicSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both show a certificate, in files of the kinds that Strimzi leaves in its secrets and that the
 * production overlay names: PEM for whom one trusts, PKCS12 for who one is.
 */
@Tag("soak")
class KafkaOverTlsIT {
  private static final String PASSWORD = "changeit";

  @TempDir private Path place;

  @Test
  void aServiceWritesReadsAndAsksOverTlsAndWithoutItsCertificateItIsNotLetIn() throws Exception {
    var ports = Ports.free(3);
    certificate("broker");
    certificate("service");
    var trusted = new HashMap<String, Object>();
    trusted.put("bootstrap.servers", "127.0.0.1:" + ports.get(2));
    trusted.put("security.protocol", "SSL");
    trusted.put("ssl.truststore.type", "PEM");
    trusted.put("ssl.truststore.location", place.resolve("broker.crt").toString());
    var known = new HashMap<>(trusted);
    known.put("ssl.keystore.type", "PKCS12");
    known.put("ssl.keystore.location", place.resolve("service.p12").toString());
    known.put("ssl.keystore.password", PASSWORD);

    var options =
        new LocalKafka.Options(place.resolve("kafka"), ports.get(0), ports.get(1), tls(ports));
    try (var broker = LocalKafka.start(options)) {
      var quotes = Topics.all().stream().filter(t -> t.name().equals(Topics.QUOTES)).toList();
      TopicSetup.apply(broker.bootstrapServers(), quotes);

      var kafka = new KafkaClients(known);
      try (var admin = kafka.admin();
          var writer = kafka.producer(Map.of())) {
        assertThat(admin.listTopics().names().get(1, TimeUnit.MINUTES)).contains(Topics.QUOTES);
        writer
            .send(new ProducerRecord<>(Topics.QUOTES, 0, "ESH4", new byte[] {42}))
            .get(1, TimeUnit.MINUTES);
      }
      assertThat(read(kafka, new TopicPartition(Topics.QUOTES, 0))).containsExactly((byte) 42);

      try (var stranger = new KafkaClients(trusted).admin()) {
        var names = stranger.listTopics().names();
        assertThatThrownBy(() -> names.get(1, TimeUnit.MINUTES))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(SslAuthenticationException.class);
      }
    }
  }

  private Map<String, String> tls(List<Integer> ports) {
    var settings = new HashMap<String, String>();
    settings.put(
        "advertised.listeners",
        "PLAINTEXT://127.0.0.1:%d,SSL://127.0.0.1:%d".formatted(ports.get(0), ports.get(2)));
    settings.put(
        "listeners",
        settings.get("advertised.listeners") + ",CONTROLLER://127.0.0.1:" + ports.get(1));
    settings.put(
        "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL");
    settings.put("ssl.client.auth", "required");
    settings.put("ssl.keystore.type", "PKCS12");
    settings.put("ssl.keystore.location", place.resolve("broker.p12").toString());
    settings.put("ssl.keystore.password", PASSWORD);
    settings.put("ssl.truststore.type", "PEM");
    settings.put("ssl.truststore.location", place.resolve("service.crt").toString());
    return settings;
  }

  private static List<Byte> read(KafkaClients kafka, TopicPartition partition) {
    var values = new ArrayList<Byte>();
    try (var reader = kafka.consumer(Map.of())) {
      reader.assign(List.of(partition));
      reader.seekToBeginning(List.of(partition));
      var deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
      while (values.isEmpty() && System.nanoTime() < deadline)
        reader.poll(Duration.ofMillis(200)).forEach(found -> values.add(found.value()[0]));
    }
    return values;
  }

  /** NAME.p12 with key and certificate, and NAME.crt with the certificate alone. */
  private void certificate(String name) throws IOException, InterruptedException {
    keytool(
        "-genkeypair -alias %s -keyalg EC -dname CN=%s -ext SAN=ip:127.0.0.1 -validity 2 -storetype PKCS12 -keystore %s.p12"
            .formatted(name, name, name));
    keytool("-exportcert -rfc -alias %s -keystore %s.p12 -file %s.crt".formatted(name, name, name));
    assertThat(place.resolve(name + ".crt")).exists();
  }

  private void keytool(String arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(Arrays.asList(arguments.split(" ")));
    command.addAll(List.of("-storepass", PASSWORD));
    var said = place.resolve("keytool.log");
    var tool =
        new ProcessBuilder(command)
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    assertThat(tool.waitFor()).as(() -> text(said)).isZero();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
