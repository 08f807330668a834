package io.tapeline.positions.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tapeline.model.AccountId;
import io.tapeline.positions.domain.RiskDecider;
import io.tapeline.positions.domain.RiskProgram;
import io.tapeline.positions.domain.RiskRule;
import io.tapeline.positions.domain.RiskRule.Basis;
import io.tapeline.positions.domain.RiskRule.Consistency;
import io.tapeline.positions.domain.RiskRule.DailyLoss;
import io.tapeline.positions.domain.RiskRule.Drawdown;
import io.tapeline.positions.domain.RiskRule.Hours;
import io.tapeline.positions.domain.RiskRule.MaxContracts;
import io.tapeline.positions.domain.RiskRule.Rung;
import io.tapeline.positions.domain.RiskRule.Step;
import io.tapeline.positions.domain.RiskRule.TradeCount;
import io.tapeline.positions.domain.RiskRule.Trail;
import io.tapeline.positions.domain.Tier;
import io.tapeline.service.TapelineConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The programs accounts trade under, one YAML file each: {@code NAME.yaml} in the directory of
 * {@code positions.risk-programs}, else one of those that come with the service. A program that
 * cannot be read stops the start: a limit that is missing must not widen the gate.
 */
@ApplicationScoped
public class RiskPrograms {
  private static final RiskProgram NO_RULES = new RiskProgram("none", 1, "No limits", List.of());

  private final Map<AccountId, RiskDecider> deciders = new ConcurrentHashMap<>();
  private final Map<AccountId, RiskProgram> programs = new HashMap<>();
  private final Accounts accounts;

  @Inject
  RiskPrograms(TapelineConfig config, PositionsConfig positions, Accounts accounts) {
    this.accounts = accounts;
    config
        .accounts()
        .forEach(
            (id, account) ->
                account
                    .riskProgram()
                    .ifPresent(
                        name -> {
                          var accountId = new AccountId(id);
                          var program = load(name, positions.riskPrograms().orElse(null));
                          programs.put(accountId, program);
                          deciders.put(accountId, decider(accountId, program));
                        }));
  }

  /** Who decides for an account; without a program only its days and peaks are noted. */
  RiskDecider decider(AccountId accountId) {
    return deciders.computeIfAbsent(accountId, id -> decider(id, NO_RULES));
  }

  private RiskDecider decider(AccountId accountId, RiskProgram program) {
    return new RiskDecider(accountId, program, accounts.startBalance(accountId));
  }

  public Optional<RiskProgram> program(AccountId accountId) {
    return Optional.ofNullable(programs.get(accountId));
  }

  static RiskProgram load(String name, @Nullable Path directory) {
    if (!name.matches("[a-z0-9-]{1,40}"))
      throw new IllegalArgumentException("not a risk program's name: " + name);
    try (var yaml = open(name, directory)) {
      return program(name, new YAMLMapper().readTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException("risk program " + name + " cannot be read", e);
    }
  }

  private static InputStream open(String name, @Nullable Path directory) throws IOException {
    if (directory != null && Files.isReadable(directory.resolve(name + ".yaml")))
      return Files.newInputStream(directory.resolve(name + ".yaml"));
    var packaged = RiskPrograms.class.getResourceAsStream("/risk/" + name + ".yaml");
    if (packaged == null) throw new IOException("there is no risk program " + name);
    return packaged;
  }

  static RiskProgram program(String name, JsonNode yaml) {
    var rules = new ArrayList<RiskRule>();
    for (var rule : yaml.required("rules")) rules.add(rule(rule));
    return new RiskProgram(
        name, yaml.required("version").intValue(), yaml.required("title").asText(), rules);
  }

  private static RiskRule rule(JsonNode rule) {
    var id = rule.required("id").asText();
    var steps = steps(id, rule.path("tiers"));
    return switch (rule.required("kind").asText()) {
      case "daily-loss" ->
          new DailyLoss(
              id,
              money(rule, "amount"),
              word(rule, "basis", Basis.class),
              rule.path("trailing").asBoolean(false),
              steps);
      case "drawdown" ->
          new Drawdown(
              id,
              money(rule, "amount"),
              word(rule, "trail", Trail.class),
              rule.hasNonNull("stops-at") ? money(rule, "stops-at") : null,
              steps);
      case "max-contracts" ->
          new MaxContracts(id, count(rule, "lots"), scaling(rule.path("scaling")), steps);
      case "trade-count" -> new TradeCount(id, count(rule, "most"), steps);
      case "consistency" -> new Consistency(id, (int) count(rule, "percent"), steps);
      case "hours" ->
          hours(
              rule,
              new Hours(
                  id,
                  LocalTime.parse(rule.required("opens").asText()),
                  LocalTime.parse(rule.required("closes").asText()),
                  rule.hasNonNull("flatten-at")
                      ? LocalTime.parse(rule.required("flatten-at").asText())
                      : null,
                  List.of(new Step(100, Tier.BLOCK), new Step(100, Tier.LIQUIDATE))));
      default -> throw new IllegalArgumentException("no kind of rule: " + rule.path("kind"));
    };
  }

  private static Hours hours(JsonNode rule, Hours hours) {
    if (rule.has("tiers"))
      throw new IllegalArgumentException(
          "rule %s is of kind hours, whose tiers are fixed (block outside of them, liquidate from flatten-at): remove its tiers"
              .formatted(hours.id()));
    return hours;
  }

  private static List<Rung> scaling(JsonNode scaling) {
    var rungs = new ArrayList<Rung>();
    for (var rung : scaling) rungs.add(new Rung(money(rung, "profit"), count(rung, "lots")));
    return rungs;
  }

  private static List<Step> steps(String id, JsonNode tiers) {
    var steps = new ArrayList<Step>();
    for (var percent : tiers.path("warn")) steps.add(new Step(percent.intValue(), Tier.WARN));
    for (var tier : List.of(Tier.BLOCK, Tier.LIQUIDATE, Tier.LOCK)) {
      var percent = tiers.path(tier.name().toLowerCase(Locale.ROOT));
      if (!percent.isMissingNode()) steps.add(new Step(percent.intValue(), tier));
    }
    for (var name : (Iterable<String>) tiers::fieldNames)
      if (!List.of("warn", "block", "liquidate", "lock").contains(name))
        throw new IllegalArgumentException("rule " + id + " has no tier " + name);
    return List.copyOf(steps);
  }

  private static BigDecimal money(JsonNode rule, String field) {
    var amount = new BigDecimal(rule.required(field).asText());
    if (amount.signum() <= 0)
      throw new IllegalArgumentException(field + " of a limit must be above zero: " + amount);
    return amount;
  }

  private static long count(JsonNode rule, String field) {
    var count = rule.required(field).longValue();
    if (count < 1) throw new IllegalArgumentException(field + " must be at least 1: " + count);
    return count;
  }

  private static <E extends Enum<E>> E word(JsonNode rule, String field, Class<E> type) {
    return Enum.valueOf(
        type, rule.required(field).asText().toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
