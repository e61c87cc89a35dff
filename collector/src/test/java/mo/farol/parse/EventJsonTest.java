package mo.farol.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventJsonTest {
  @Test
  void an_event_is_one_flat_object_with_its_time_first_and_numbers_as_numbers() {
    assertThat(Parsed.of("<13>1 2025-03-10T06:00:14.721Z web-01 app 7 - - a \"b\"").json())
        .isEqualTo(
            "{\"@timestamp\":\"2025-03-10T06:00:14.721Z\",\"log.syslog.facility.code\":1,"
                + "\"log.syslog.severity.code\":5,\"host.name\":\"web-01\","
                + "\"log.syslog.appname\":\"app\",\"log.syslog.procid\":\"7\","
                + "\"message\":\"a \\\"b\\\"\"}");
  }

  @Test
  void a_repeated_field_is_an_array() {
    assertThat(Parsed.of("{\"message\":\"m\",\"tags\":[\"a\",\"b\"]}").json())
        .contains("\"tags\":[\"a\",\"b\"]");
  }

  @Test
  void a_rejected_frame_is_its_reason_and_its_raw_text() {
    assertThat(Parsed.of("<999>x").json())
        .isEqualTo(
            "{\"rejected\":\"no priority of 0 to 191 in angle brackets at the start\","
                + "\"raw\":\"<999>x\"}");
  }

  @Test
  void what_was_read_before_a_fault_stands_beside_the_reason() {
    assertThat(Parsed.of("<13>1 2025-03-10T06:00:14Z web-01 app").json())
        .endsWith(
            "\"raw\":\"<13>1 2025-03-10T06:00:14Z web-01 app\","
                + "\"@timestamp\":\"2025-03-10T06:00:14Z\",\"log.syslog.facility.code\":1,"
                + "\"log.syslog.severity.code\":5,\"host.name\":\"web-01\"}");
  }

  @Test
  void control_characters_cannot_break_out_of_a_line() {
    assertThat(Parsed.of("<13>a\n{\"forged\":1}\u0000\u001b[31m").json())
        .doesNotContain("\n")
        .contains("a\\n{\\\"forged\\\":1}\\u0000\\u001B[31m");
  }
}
