package io.tapeline.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapeline.door.InstallationSecret;
import io.tapeline.door.Scope;
import io.tapeline.door.ServiceToken;
import io.tapeline.stack.Database;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** The images as they are shipped, beside PostgreSQL and Kafka in containers: a market order. */
@EnabledIfSystemProperty(named = "stack", matches = "containers")
class ImagesIT {
  private static final Map<String, Integer> SERVICES =
      Map.of(
          "market-gateway",
          8083,
          "order-service",
          8081,
          "position-service",
          8082,
          "ui-bridge",
          8080);
  private static final String ACCOUNT = "/api/accounts/PRACTICE";
  private static final String PASSWORD = "of-a-user";
  private static final Duration START = Duration.ofMinutes(4);

  @TempDir private Path place;
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void anOrderIsFilledAndBecomesAPosition() throws Exception {
    var secret = InstallationSecret.readOrCreate(place.resolve("secret"));
    try (var network = Network.newNetwork();
        var postgres = postgres(network);
        var kafka = kafka(network);
        var setup = setup(network);
        var market = service("market-gateway", network);
        var orders = service("order-service", network);
        var positions = service("position-service", network);
        var bridge = service("ui-bridge", network)) {
      Startables.deepStart(postgres, kafka).join();
      setup
          .withEnv(
              "TAPELINE_POSTGRES",
              "postgresql://%s:%s@postgres:5432"
                  .formatted(postgres.getUsername(), postgres.getPassword()))
          .start();
      Startables.deepStart(market, orders, positions, bridge).join();

      var url = "http://" + bridge.getHost() + ":" + bridge.getMappedPort(8080);
      Desk.eventually(() -> front(call(url, secret, "/api/instruments", null)));
      var symbol = front(call(url, secret, "/api/instruments", null));
      Desk.eventually(
          () ->
              call(
                  url,
                  secret,
                  ACCOUNT + "/orders",
                  """
                  {"clOrdId":"in-%d","symbol":"%s","side":"BUY","ordType":"MARKET","orderQty":2}"""
                      .formatted(System.nanoTime(), symbol)));
      // an attempt without an answer may have become an order too
      Desk.eventually(
          () -> {
            var fills = call(url, secret, ACCOUNT + "/fills", null).path("items");
            assertThat(fills).isNotEmpty();
            long lots = 0;
            for (var fill : fills) lots += fill.path("lastQty").asLong();
            var held = call(url, secret, ACCOUNT + "/positions", null).path("items").path(0);
            assertThat(held.path("netQty").asLong()).isEqualTo(lots);
          });
    }
  }

  private static PostgreSQLContainer postgres(Network network) {
    return new PostgreSQLContainer(
            DockerImageName.parse(System.getProperty("stack.postgres.image", "postgres:18"))
                .asCompatibleSubstituteFor("postgres"))
        .withNetwork(network)
        .withNetworkAliases("postgres");
  }

  private static KafkaContainer kafka(Network network) {
    return new KafkaContainer(
            DockerImageName.parse(System.getProperty("stack.kafka.image", "apache/kafka:4.1.1"))
                .asCompatibleSubstituteFor("apache/kafka"))
        .withNetwork(network)
        .withListener("kafka:19092");
  }

  private GenericContainer<?> setup(Network network) {
    var passwords =
        Database.USERS.stream()
            .map(user -> user + "=" + PASSWORD)
            .collect(Collectors.joining("\n"));
    return new GenericContainer<>("localhost/tapeline/setup:latest")
        .withNetwork(network)
        .withEnv("KAFKA_BOOTSTRAP_SERVERS", "kafka:19092")
        .withEnv("TAPELINE_PASSWORDS", "/run/passwords")
        .withCopyToContainer(Transferable.of(passwords, 0444), "/run/passwords")
        .withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(START));
  }

  private GenericContainer<?> service(String name, Network network) throws IOException {
    var container =
        new GenericContainer<>("localhost/tapeline/" + name + ":latest")
            .withNetwork(network)
            .withNetworkAliases(name)
            .withExposedPorts(SERVICES.get(name))
            .withCopyToContainer(
                Transferable.of(Files.readString(place.resolve("secret")), 0444),
                "/run/tapeline/secret")
            .withEnv("TAPELINE_SECRET_FILE", "/run/tapeline/secret")
            .withEnv("TAPELINE_VENUE", "sim")
            .withEnv("KAFKA_BOOTSTRAP_SERVERS", "kafka:19092")
            .withEnv("QUARKUS_DATASOURCE_USERNAME", name.replace('-', '_'))
            .withEnv("QUARKUS_DATASOURCE_PASSWORD", PASSWORD)
            .withEnv("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://postgres:5432/tapeline")
            .withEnv("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://postgres:5432/tapeline")
            .waitingFor(
                Wait.forHttp("/q/health/ready")
                    .forPort(SERVICES.get(name))
                    .withStartupTimeout(START));
    // by which name the engine's machine is reached, so that they know themselves by it
    container.withEnv("TAPELINE_HOSTS", container.getHost());
    for (var each :
        Map.of(
                "BRIDGE",
                "ui-bridge",
                "ORDERS",
                "order-service",
                "POSITIONS",
                "position-service",
                "MARKET",
                "market-gateway")
            .entrySet())
      container.withEnv(
          "TAPELINE_SERVICES_" + each.getKey(),
          "http://" + each.getValue() + ":" + SERVICES.get(each.getValue()));
    return container;
  }

  private JsonNode call(String url, InstallationSecret secret, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header(
                "Authorization",
                "Bearer " + ServiceToken.mint(secret, "launcher", Scope.ADMIN, Instant.now()))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(20));
    if (body != null) request.POST(HttpRequest.BodyPublishers.ofString(body));
    var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isIn(List.of(200, 201));
    return Desk.json(answer);
  }

  private static String front(JsonNode instruments) {
    return StreamSupport.stream(instruments.path("items").spliterator(), false)
        .filter(row -> row.path("root").asText().equals("ES") && row.path("front").asBoolean())
        .findFirst()
        .orElseThrow()
        .path("symbol")
        .asText();
  }
}
