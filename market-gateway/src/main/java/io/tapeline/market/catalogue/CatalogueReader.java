package io.tapeline.market.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tapeline.market.sim.domain.MarketCharacter;
import io.tapeline.model.Money;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Objects;

/** Reads {@code instruments.yaml}, whose head says what its fields mean. */
public final class CatalogueReader {
  private CatalogueReader() {}

  /** The catalogue this service ships with. */
  public static Catalogue packaged() {
    try (var yaml =
        Objects.requireNonNull(
            CatalogueReader.class.getResourceAsStream("/instruments.yaml"),
            "instruments.yaml is not packaged")) {
      return read(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A catalogue of one's own.
   *
   * @throws IllegalArgumentException naming the instrument and what is wrong with it
   */
  public static Catalogue read(InputStream yaml) throws IOException {
    var products = new ArrayList<Product>();
    for (var node : new YAMLMapper().readTree(yaml).required("instruments")) {
      try {
        products.add(product(node));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new IllegalArgumentException(
            "instrument " + node.path("root").asText("without a root") + ": " + e.getMessage(), e);
      }
    }
    return new Catalogue(products);
  }

  private static Product product(JsonNode node) {
    return new Product(
        text(node, "root"),
        text(node, "description"),
        text(node, "exchange"),
        decimal(node, "tickSize"),
        Money.of(text(node, "tickValue"), text(node, "currency")),
        text(node, "session"),
        text(node, "months"),
        ExpiryRule.valueOf(text(node, "lastDay")),
        node.required("rollDays").asInt(),
        node.required("listed").asInt(),
        node.required("limitPercent").asDouble(),
        decimal(node.required("sim"), "start"),
        character(node.required("sim")));
  }

  private static MarketCharacter character(JsonNode sim) {
    return new MarketCharacter(
        sim.required("ticksPerRootSecond").asDouble(),
        sim.required("makers").asDouble(),
        sim.required("takers").asDouble(),
        sim.required("touchLots").asLong(),
        sim.required("deepLots").asLong(),
        sim.required("lotsPerOrder").asDouble(),
        sim.required("takerLots").asDouble(),
        sim.required("wideShare").asDouble());
  }

  private static BigDecimal decimal(JsonNode node, String field) {
    return new BigDecimal(text(node, field));
  }

  private static String text(JsonNode node, String field) {
    return node.required(field).asText();
  }
}
