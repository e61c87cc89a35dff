package mo.farol.post;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mo.farol.wire.Budget;
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
  void while_the_journal_fails_a_request_is_refused_before_its_body() {
    try (var posting = new Posting(Events::new)) {
      posting.log.fail(true);
      byte[] large = Posting.request("POST /v1/events", new byte[1 << 20]);
      posting.take(large, 0, 200);
      assertThat(posting.answers()).startsWith("HTTP/1.1 503").contains("Retry-After: 2");
      posting.log.fail(false);
      posting.reconnect();
      assertThat(posting.post("/v1/events", "a")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void memory_is_taken_from_the_budget_and_given_back() {
    var budget = new Budget(400);
    assertThat(budget.take("a", 60)).isTrue();
    assertThat(budget.take("a", 60)).as("a quarter is an agency's").isFalse();
    assertThat(budget.take("a", 40)).isTrue();
    for (String agency : new String[] {"b", "c", "d"}) {
      assertThat(budget.take(agency, 100)).isTrue();
    }
    assertThat(budget.take("e", 1)).as("all of it is taken").isFalse();
    for (String agency : new String[] {"a", "b", "c", "d"}) {
      budget.give(agency, 100);
    }
    assertThat(budget.held()).isZero();
    assertThat(budget.take("e", 100)).isTrue();
  }

  @Test
  void one_agencys_open_requests_leave_room_for_another() {
    var budget = new Budget(4 << 20);
    var open = new ArrayList<Upload>();
    for (int i = 0; i < 16; i++) {
      open.add(upload("a", budget).orElseThrow());
    }
    assertThat(upload("a", budget)).isEmpty();
    open.add(upload("b", budget).orElseThrow());
    open.forEach(Upload::close);
    assertThat(budget.held()).isZero();
  }

  @Test
  void what_an_agencys_share_can_never_hold_is_413_and_not_busy_for_ever() {
    try (var upload = upload("a", new Budget(4 << 20)).orElseThrow()) {
      var body = Unpooled.wrappedBuffer("a line of text\n".repeat(100_000).getBytes(UTF_8));
      var why = upload.take(body, new byte[8192]);
      assertThat(why).isNotNull().extracting(Refusal::status).isEqualTo(413);
    }
  }

  private static Optional<Upload> upload(String agency, Budget budget) {
    var call = new Call("POST", "/gelf", Map.of(), _ -> "", agency, "192.0.2.1");
    var lines = new Collected();
    var framer = BodyFramer.ofLines(1024, lines);
    var reception =
        new Reception() {
          @Override
          public void take(byte[] bytes, int from, int to) {
            framer.take(bytes, from, to);
          }

          @Override
          public long held() {
            return lines.held();
          }

          @Override
          public Ending end() {
            return lines.kept("", (_, _) -> Answer.json(200, "{}"));
          }
        };
    return Upload.open(call, new Plain(), reception, Upload.Packing.NONE, budget);
  }

  private static final class Plain implements Protocol {
    @Override
    public String name() {
      return "plain";
    }

    @Override
    public boolean owns(String path) {
      return true;
    }

    @Override
    public Step begin(Call call) {
      return new Step.Refused(Refusal.WRONG_METHOD);
    }
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
