package io.tapeline.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What all services of an installation are told alike. */
@ConfigMapping(prefix = "tapeline")
public interface TapelineConfig {
  /** The file with the installation's secret. */
  Path secretFile();

  /** The process to stop with; none: run until told to stop. */
  OptionalLong parentPid();

  /** The venue that runs: sim or replay. */
  @WithDefault("sim")
  String venue();

  /** Who trades where, by account id. */
  Map<String, Account> accounts();

  /** Where the services find each other. */
  Services services();

  /** Names a browser or script may call a service by (Host header), without port. */
  @WithDefault("127.0.0.1,localhost,[::1]")
  List<String> hosts();

  /** Collector of traces (OTLP over HTTP), such as http://127.0.0.1:4318; none: no traces. */
  Optional<URI> traces();

  /** Whether to refuse to start on topics with another partition count than stated. */
  @WithDefault("true")
  boolean checkTopics();

  /** One trading account. */
  interface Account {
    String venue();

    Optional<String> name();

    @WithDefault("true")
    boolean practice();

    @WithDefault("50000")
    BigDecimal startBalance();

    @WithDefault("USD")
    String currency();

    /** The risk program the account trades under, such as eval-50k; none: no limits. */
    Optional<String> riskProgram();

    /**
     * What an execution costs where the venue's report does not say, by contract ({@code ESH4}),
     * product ({@code ES}) or {@code default}; the first of these that is there. None: nothing.
     */
    Map<String, Fee> fees();
  }

  /** What one lot of an execution costs, in the contract's currency. */
  interface Fee {
    /** Of the exchange, its clearing and the regulator. */
    @WithDefault("0")
    BigDecimal exchange();

    /** Of the broker. */
    @WithDefault("0")
    BigDecimal commission();
  }

  /** Base addresses, such as {@code http://127.0.0.1:8081}. */
  interface Services {
    @WithDefault("http://127.0.0.1:8080")
    URI bridge();

    @WithDefault("http://127.0.0.1:8081")
    URI orders();

    @WithDefault("http://127.0.0.1:8082")
    URI positions();

    @WithDefault("http://127.0.0.1:8083")
    URI market();
  }
}
