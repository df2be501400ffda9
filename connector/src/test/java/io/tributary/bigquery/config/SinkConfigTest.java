package io.tributary.bigquery.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.bigquery.error.ErrorCode;
import io.tributary.bigquery.error.SinkException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SinkConfigTest {
  private static final String CANARY = "canary-5e0b";

  @Test
  void twoKeysAreEnough() {
    SinkConfig config = SinkConfig.parse(with());

    assertThat(config.service())
        .isEqualTo(
            new ServiceSettings(
                "shop-project",
                "shop",
                "shop",
                Optional.empty(),
                "shop-project",
                Optional.empty(),
                new CredentialSettings(
                    new CredentialSettings.Source.ApplicationDefault(), Optional.empty()),
                new Endpoints(Optional.empty(), Optional.empty(), false)));
    assertThat(config.naming().template()).isEqualTo("${source.table}");
    assertThat(config.naming().createTables()).isTrue();
    assertThat(config.order().by()).isEqualTo(OrderSettings.By.SOURCE);
    assertThat(config.order().unavailablePlaceholders())
        .containsExactly("__debezium_unavailable_value");
    assertThat(config.write())
        .isEqualTo(
            new WriteSettings(
                Duration.ofSeconds(10),
                16L << 20,
                4 << 20,
                128L << 20,
                4,
                Duration.ofDays(2),
                Duration.ofMinutes(1),
                WriteSettings.Incomplete.DEAD_LETTER,
                Duration.ofMinutes(5),
                Duration.ofMinutes(5),
                27,
                4));
  }

  @Test
  void anEmulatorIsReachedInPlaintextWithoutCredentials() {
    ServiceSettings service = SinkConfig.parse(emulator()).service();

    assertThat(service.credentials().source()).isInstanceOf(CredentialSettings.Source.None.class);
    assertThat(service.endpoints())
        .isEqualTo(
            new Endpoints(
                Optional.of("http://127.0.0.1:9050"), Optional.of("127.0.0.1:9060"), true));
  }

  @Test
  void regionalEndpointsFollowTheLocation() {
    Endpoints endpoints =
        SinkConfig.parse(with("endpoint.regional", "true", "location", "europe-west3"))
            .service()
            .endpoints();

    assertThat(endpoints.rest()).contains("https://bigquery.europe-west3.rep.googleapis.com");
    assertThat(endpoints.grpc()).contains("bigquerystorage.europe-west3.rep.googleapis.com:443");
  }

  @Test
  void readsTheRestartsOfTheLog() {
    assertThat(SinkConfig.parse(with()).order().restarts()).isEmpty();
    assertThat(
            SinkConfig.parse(
                    with("source.restarts", "2026-01-31T12:00:00Z, 2026-02-01T00:00:00.5Z"))
                .order()
                .restarts())
        .containsExactly(
            Instant.parse("2026-01-31T12:00:00Z"), Instant.parse("2026-02-01T00:00:00.500Z"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesNamingTheKey(String key, String reason, Map<String, String> raw) {
    assertThatThrownBy(() -> SinkConfig.parse(raw))
        .isInstanceOfSatisfying(
            SinkException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining(key)
        .hasMessageContaining(reason);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("project", "Missing required", Map.of("dataset", "shop")),
        Arguments.of("order.field", "is empty", with("order.by", "field")),
        Arguments.of("order.field", "order.by is not field", with("order.field", "version")),
        Arguments.of("source.restarts", "times like", with("source.restarts", "yesterday")),
        Arguments.of(
            "source.restarts",
            "in their order",
            with("source.restarts", "2026-02-01T00:00:00Z,2026-01-31T12:00:00Z")),
        Arguments.of("dataset", "Missing required", Map.of("project", "p")),
        Arguments.of("dataset", "is not a dataset name", with("dataset", "a.b")),
        Arguments.of("dataset", "is not a dataset name", with("dataset", "a`; DROP")),
        Arguments.of("project", "is not a project id", with("project", "a`b")),
        Arguments.of("location", "is not a location", with("location", "eu/../x")),
        Arguments.of("write.mode", "merge", with("write.mode", "upsert")),
        Arguments.of("append.bytes", "no more than", with("append.bytes", "9500001")),
        Arguments.of("retry.deadline.ms", "at least", with("retry.deadline.ms", "9999")),
        Arguments.of("retry.deadline.ms", "no more than", with("retry.deadline.ms", "3600001")),
        Arguments.of("threads", "Not a number", with("threads", "many")),
        Arguments.of(
            "table.name.template", "does not exist", with("table.name.template", "${table}")),
        Arguments.of(
            "table.name.template", "outside of a variable", with("table.name.template", "$x")),
        Arguments.of("table.name.template", "must not be empty", with("table.name.template", " ")),
        Arguments.of("key.field", "is not a column name", with("key.field", "1st")),
        Arguments.of(
            "unavailable.placeholders",
            "none of them empty",
            with("unavailable.placeholders", "a,,b")),
        Arguments.of(
            "credentials.file", "is empty", with("credentials.mode", "service-account-file")),
        Arguments.of(
            "credentials.json", "is empty", with("credentials.mode", "service-account-json")),
        Arguments.of("credentials.json", "does not read it", with("credentials.json", CANARY)),
        Arguments.of("credentials.file", "does not read it", with("credentials.file", "/k.json")),
        Arguments.of(
            "credentials.impersonate",
            "is not the e-mail address",
            with("credentials.impersonate", "x/../../y@evil.example")),
        Arguments.of("credentials.mode", "plaintext", with("credentials.mode", "none")),
        Arguments.of(
            "endpoint.plaintext",
            "would send credentials",
            and(emulator(), "credentials.mode", "application-default")),
        Arguments.of("endpoint.grpc", "is empty", and(emulator(), "endpoint.grpc", "")),
        Arguments.of(
            "endpoint.grpc", "is not host:port", and(emulator(), "endpoint.grpc", "127.0.0.1")),
        Arguments.of(
            "endpoint.rest", "is not http://", and(emulator(), "endpoint.rest", "https://h:1")),
        Arguments.of(
            "endpoint.rest", "is not http://", and(emulator(), "endpoint.rest", "http://h:1/x?y")),
        Arguments.of(
            "credentials.impersonate",
            "needs credentials",
            and(
                emulator(),
                "credentials.impersonate",
                "writer@shop-project.iam.gserviceaccount.com")),
        Arguments.of(
            "endpoint.rest",
            "not under googleapis.com",
            with("endpoint.rest", "https://bigquery.googleapis.com.evil.example")),
        Arguments.of(
            "endpoint.grpc",
            "not under googleapis.com",
            with("endpoint.grpc", "evilgoogleapis.com:443")),
        Arguments.of(
            "endpoint.rest",
            "is not https://host",
            with("endpoint.rest", "https://user@bigquery.googleapis.com")),
        Arguments.of("location", "is empty", with("endpoint.regional", "true")),
        Arguments.of(
            "endpoint.regional",
            "derives the endpoints",
            with(
                "endpoint.regional",
                "true",
                "location",
                "europe-west3",
                "endpoint.rest",
                "https://bigquery.googleapis.com")),
        Arguments.of("flush.bytes", "never be reached", with("buffer.bytes", "8000000")),
        Arguments.of(
            "append.bytes",
            "larger than buffer.bytes",
            with("buffer.bytes", "1024", "flush.bytes", "1024")));
  }

  @Test
  void noMessageAndNoTextHoldsASecret() {
    Map<String, String> raw =
        with("credentials.json", CANARY, "credentials.mode", "service-account-json");
    Map<String, String> broken = and(raw, "dataset", "a.b", "threads", "x", "append.bytes", "1");
    Map<String, String> contradicting = and(raw, "credentials.mode", "none");

    assertThat(SinkConfig.parse(raw).service().toString()).contains("****").doesNotContain(CANARY);
    for (Map<String, String> refused : List.of(broken, contradicting)) {
      assertThatThrownBy(() -> SinkConfig.parse(refused))
          .isInstanceOf(SinkException.class)
          .message()
          .doesNotContain(CANARY);
    }
    assertThat(SinkConfig.problems(contradicting)).isNotEmpty();
    assertThat(SinkConfig.problems(contradicting).toString()).doesNotContain(CANARY);
    assertThat(SinkConfig.definition().validate(broken).stream().map(ConfigValue::errorMessages))
        .isNotEmpty()
        .allSatisfy(messages -> assertThat(messages.toString()).doesNotContain(CANARY));
  }

  @Test
  void thereIsNoSwitchThatWeakensTlsOrSetsAProxy() {
    assertThat(SinkConfig.definition().names())
        .hasSizeGreaterThan(40)
        .noneMatch(key -> key.matches(".*(trust|insecure|ssl|tls|cert|verif|hostname|proxy).*"));
  }

  private static Map<String, String> with(String... pairs) {
    return and(Map.of("project", "shop-project", "dataset", "shop"), pairs);
  }

  private static Map<String, String> emulator() {
    return with(
        "credentials.mode",
        "none",
        "endpoint.plaintext",
        "true",
        "endpoint.rest",
        "http://127.0.0.1:9050",
        "endpoint.grpc",
        "127.0.0.1:9060");
  }

  private static Map<String, String> and(Map<String, String> base, String... pairs) {
    Map<String, String> raw = new HashMap<>(base);
    for (int i = 0; i < pairs.length; i += 2) {
      raw.put(pairs[i], pairs[i + 1]);
    }
    return raw;
  }
}
