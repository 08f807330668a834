package io.tapeline.orders.app;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectMapper.DefaultTypeResolverBuilder;
import com.fasterxml.jackson.databind.ObjectMapper.DefaultTyping;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tapeline.orders.domain.AccountState;
import io.tapeline.orders.domain.PersistentMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An account's state as text, and back. Follows the records as they are, so that a component added
 * to one of them is in it without a word here; what it cannot say faithfully the hash of a snapshot
 * finds.
 */
final class StateText {
  private static final String OURS = "io.tapeline.";
  private static final ObjectMapper MAPPER = mapper();

  private StateText() {}

  static String write(AccountState state) {
    try {
      return MAPPER.writeValueAsString(state);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("no text for account " + state.accountId(), e);
    }
  }

  /**
   * @throws UncheckedIOException when the text is of other records than today's
   */
  static AccountState read(String text) {
    try {
      return MAPPER.readValue(text, AccountState.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("no account state", e);
    }
  }

  private static ObjectMapper mapper() {
    var mapper =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(maps())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .visibility(PropertyAccessor.GETTER, Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
            .build();
    mapper
        .configOverride(BigDecimal.class)
        .setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING));
    mapper.setDefaultTyping(
        new SealedTypes()
            .init(JsonTypeInfo.Id.CLASS, null)
            .inclusion(JsonTypeInfo.As.PROPERTY)
            .typeProperty("type"));
    return mapper;
  }

  private static SimpleModule maps() {
    return new SimpleModule("maps")
        .addSerializer(PersistentMap.class, new WritesMap())
        .addDeserializer(PersistentMap.class, new ReadsMap(null, null));
  }

  /** A value of a sealed type of ours says which of its kinds it is. */
  private static final class SealedTypes extends DefaultTypeResolverBuilder {
    private static final long serialVersionUID = 1L;

    SealedTypes() {
      super(
          DefaultTyping.NON_FINAL,
          BasicPolymorphicTypeValidator.builder().allowIfSubType(OURS).build());
    }

    @Override
    public boolean useForType(JavaType type) {
      return type.getRawClass().isInterface()
          && type.getRawClass().isSealed()
          && type.getRawClass().getName().startsWith(OURS);
    }
  }

  /** As a list: key, value, key, value. */
  @SuppressWarnings("rawtypes")
  private static final class WritesMap extends JsonSerializer<PersistentMap>
      implements com.fasterxml.jackson.databind.ser.ContextualSerializer {
    private final @Nullable JavaType type;

    WritesMap() {
      this(null);
    }

    private WritesMap(@Nullable JavaType type) {
      this.type = type;
    }

    @Override
    public JsonSerializer<?> createContextual(SerializerProvider provider, BeanProperty property) {
      return new WritesMap(property.getType());
    }

    @Override
    public void serialize(PersistentMap map, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      if (type == null) throw new IllegalStateException("a map of unknown types");
      json.writeStartArray();
      for (var entry : entries(map)) {
        write(entry.key(), type.containedType(0), json, provider);
        write(entry.value(), type.containedType(1), json, provider);
      }
      json.writeEndArray();
    }

    private static void write(
        Object value, JavaType declared, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      var kind = provider.findTypeSerializer(declared);
      var writer = provider.findValueSerializer(value.getClass());
      if (kind == null) writer.serialize(value, json, provider);
      else writer.serializeWithType(value, json, provider, kind);
    }

    private record Entry(Object key, Object value) {}

    @SuppressWarnings("unchecked")
    private static java.util.List<Entry> entries(PersistentMap map) {
      var entries = new java.util.ArrayList<Entry>(map.size());
      map.forEach((key, value) -> entries.add(new Entry(key, value)));
      return entries;
    }
  }

  @SuppressWarnings("rawtypes")
  private static final class ReadsMap extends JsonDeserializer<PersistentMap>
      implements ContextualDeserializer {
    private final @Nullable JavaType key;
    private final @Nullable JavaType value;

    ReadsMap(@Nullable JavaType key, @Nullable JavaType value) {
      this.key = key;
      this.value = value;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, @Nullable BeanProperty property) {
      var type = property == null ? context.getContextualType() : property.getType();
      return new ReadsMap(type.containedType(0), type.containedType(1));
    }

    @Override
    @SuppressWarnings("unchecked")
    public PersistentMap deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      if (key == null || value == null) throw new IllegalStateException("a map of unknown types");
      if (json.currentToken() != JsonToken.START_ARRAY)
        return (PersistentMap) context.handleUnexpectedToken(PersistentMap.class, json);
      var keys = context.findRootValueDeserializer(key);
      var values = context.findRootValueDeserializer(value);
      PersistentMap map = PersistentMap.empty();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        var oneKey = (Comparable) keys.deserialize(json, context);
        json.nextToken();
        map = map.with(oneKey, values.deserialize(json, context));
      }
      return map;
    }
  }
}
