package io.tapeline.testkit.offenders.domain;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Offends: the domain knows JSON. */
public record TaxedOrder(@JsonProperty("tax") long tax) {}
