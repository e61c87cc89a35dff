package mo.farol.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import mo.farol.wire.Leaks;
import mo.farol.wire.NodeClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenTelemetry's own exporters, really run; what they sent is kept for RecordedTest. */
@ExtendWith(Leaks.class)
@Timeout(600)
class OpenTelemetryTest {
  private final OpenIntake open = new OpenIntake();

  @AfterEach
  void close() {
    open.close();
  }

  @ParameterizedTest
  @CsvSource({"proto,none", "proto,gzip", "http,none", "http,gzip"})
  @Tag("clients")
  void exporters_of_javascript_are_content(String encoding, String packing) throws Exception {
    String script = "opentelemetry.js";
    try (var recorder = new Recorder(open.port("intake.http"))) {
      String said =
          NodeClients.run(script, recorder.port(), "secret-b", encoding, packing, "one", "zwei");
      assertThat(said.strip()).isEqualTo("[0]");
      recorder.keep("opentelemetry-js-" + encoding + "-" + packing);
    }
    shopped();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip"})
  void the_exporter_of_java_is_content(String packing) throws Exception {
    try (var recorder = new Recorder(open.port("intake.http"))) {
      var exporter =
          OtlpHttpLogRecordExporter.builder()
              .setEndpoint("http://127.0.0.1:" + recorder.port() + "/v1/logs")
              .addHeader("Authorization", "Bearer secret-b")
              .setCompression(packing)
              .build();
      try (var provider = provider(exporter)) {
        var logger = provider.loggerBuilder("shop.Cart").setInstrumentationVersion("1.0").build();
        shop(logger, "one", 0);
        shop(logger, "zwei", 1);
        assertThat(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess()).isTrue();
      }
      recorder.keep("opentelemetry-java-" + packing);
    }
    shopped();
  }

  private static SdkLoggerProvider provider(LogRecordExporter exporter) {
    return SdkLoggerProvider.builder()
        .setResource(
            Resource.create(
                Attributes.of(
                    AttributeKey.stringKey("service.name"), "shop",
                    AttributeKey.stringKey("host.name"), "web1")))
        .addLogRecordProcessor(BatchLogRecordProcessor.builder(exporter).build())
        .build();
  }

  private static void shop(Logger logger, String body, int n) {
    var at = Instant.ofEpochMilli(1_764_000_000_250L + n);
    logger
        .logRecordBuilder()
        .setTimestamp(at)
        .setObservedTimestamp(at)
        .setSeverity(Severity.ERROR)
        .setSeverityText("ERROR")
        .setBody(body)
        .setAttribute(AttributeKey.longKey("n"), (long) n)
        .setAttribute(AttributeKey.booleanKey("ok"), true)
        .setAttribute(AttributeKey.stringKey("user.name"), "ana")
        .emit();
  }

  // What all were told to send.
  private void shopped() {
    var events = open.events(2);
    assertThat(events).extracting(e -> e.get("message")).containsExactly("one", "zwei");
    assertThat(events.get(1))
        .containsEntry("service.name", "shop")
        .containsEntry("host.name", "web1")
        .containsEntry("log.level", "ERROR")
        .containsEntry("log.logger", "shop.Cart")
        .containsEntry("user.name", "ana")
        .containsEntry("n", "1")
        .containsEntry("ok", "true");
  }
}
