package mo.farol.post;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import mo.farol.wire.Leaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Leaks.class)
class GateTest {
  @Test
  void the_certificate_decides_the_agency_and_no_token_is_needed() {
    try (var posting = new Posting("agency-b", inlet -> List.of(new Events(inlet)))) {
      assertThat(posting.post("/v1/events", "x", "Authorization: ")).startsWith("HTTP/1.1 200");
      assertThat(posting.post("/v1/events", "x", "Authorization: Splunk whatever"))
          .startsWith("HTTP/1.1 200");
      assertThat(posting.post("/v1/events", "x", "Authorization: Bearer secret-b"))
          .startsWith("HTTP/1.1 200");
      assertThat(posting.log.blocks())
          .allMatch(b -> b.frames().origin().agency().equals("agency-b"));
    }
  }

  @Test
  void a_token_of_another_agency_than_the_certificates_is_refused() {
    try (var posting = new Posting("agency-b", inlet -> List.of(new Events(inlet)))) {
      assertThat(posting.post("/v1/events", "x", "Authorization: Bearer secret-c"))
          .startsWith("HTTP/1.1 403")
          .contains("send one of them");
      assertThat(posting.log.received()).isZero();
      assertThat(posting.counter("farol_intake_refused_total", "reason", "agency")).isEqualTo(1);
    }
  }

  @Test
  void a_flood_of_headers_or_of_parameters_costs_nothing() {
    try (var posting = new Posting(Events::new)) {
      assertThat(posting.post("/v1/events?" + "a=1&".repeat(900) + "%zz=%", "x"))
          .startsWith("HTTP/1.1 200");
      String[] many = new String[1500];
      for (int i = 0; i < many.length; i++) {
        many[i] = String.format(Locale.ROOT, "X-%d: %d", i, i);
      }
      assertThat(posting.post("/v1/events", "x", many)).startsWith("HTTP/1.1 431");
    }
  }

  @Test
  void requests_in_a_row_are_answered_in_order_whatever_each_is() {
    try (var posting = new Posting(Events::new)) {
      byte[] none = {};
      posting.take(Posting.request("POST /v1/events", none));
      var row = new ByteArrayOutputStream();
      row.writeBytes(Posting.request("POST /v1/events", "a".getBytes(UTF_8)));
      row.writeBytes(Posting.request("POST /v1/events", none));
      row.writeBytes(Posting.request("POST /nowhere", "x".getBytes(UTF_8)));
      row.writeBytes(Posting.request("POST /v1/events", "b\nc".getBytes(UTF_8)));
      posting.take(row.toByteArray());
      assertThat(posting.answers())
          .containsSubsequence(
              "\"accepted\":0",
              "\"accepted\":1",
              "\"accepted\":0",
              "HTTP/1.1 404",
              "\"accepted\":2");
      assertThat(posting.log.texts()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void memory_is_taken_from_the_budget_and_given_back() {
    var budget = new Budget(100);
    assertThat(budget.take(60)).isTrue();
    assertThat(budget.take(60)).isFalse();
    assertThat(budget.take(40)).isTrue();
    budget.give(100);
    assertThat(budget.held()).isZero();
  }

  @Test
  void the_token_is_found_in_every_wrapping_and_in_no_nonsense() {
    assertThat(Credentials.token("Bearer  t ")).isEqualTo("t");
    assertThat(Credentials.token("Basic dTpwOnE=")).isEqualTo("p:q");
    assertThat(Credentials.token("ApiKey aWQ6dA==")).isEqualTo("t");
    assertThat(Credentials.token("ApiKey plain-token")).isEqualTo("plain-token");
    for (String nonsense : new String[] {"", "Bearer", "Basic !!", "Basic dA==", "Digest x", " "}) {
      assertThat(Credentials.token(nonsense)).as(nonsense).isEmpty();
    }
  }
}
