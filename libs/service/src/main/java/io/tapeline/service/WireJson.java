package io.tapeline.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.tapeline.contract.Json;
import jakarta.inject.Singleton;

/** REST speaks the same JSON as the topics. */
@Singleton
final class WireJson implements ObjectMapperCustomizer {
  @Override
  public void customize(ObjectMapper mapper) {
    Json.configure(mapper);
  }
}
