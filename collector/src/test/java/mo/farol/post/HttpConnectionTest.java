package mo.farol.post;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import mo.farol.event.FrameBatch;
import mo.farol.wire.Counts;
import mo.farol.wire.IntakeTls;
import mo.farol.wire.Leaks;
import mo.farol.wire.TlsFront;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that are slow, deaf or gone. The pipeline joins an open channel, as behind TLS. */
@ExtendWith(Leaks.class)
class HttpConnectionTest {
  private final Posting posting = new Posting(Events::new);

  @AfterEach
  void close() {
    posting.close();
  }

  @Test
  void headers_have_ten_seconds_and_a_body_that_comes_no_further_thirty() {
    byte[] request = request("a");
    posting.take(request, 0, 20);
    posting.idle(9);
    assertThat(posting.answers()).isEmpty();
    posting.take(request, 20, request.length - 1);
    posting.idle(30);
    assertThat(posting.answers()).isEmpty();
    posting.idle(5);
    assertThat(posting.answers()).startsWith("HTTP/1.1 408");
    assertThat(posting.isOpen()).isFalse();
  }

  @Test
  void a_body_on_a_slow_line_may_take_its_time() {
    byte[] request = request("x".repeat(600 << 10));
    int at = slowly(request, 200, 2 << 10, 290);
    assertThat(posting.answers()).isEmpty();
    posting.take(request, at, request.length);
    assertThat(posting.answers()).startsWith("HTTP/1.1 200");
    assertThat(posting.isOpen()).isTrue();
  }

  @Test
  void a_body_that_drips_to_hold_the_connection_is_ended() {
    byte[] request = request("x".repeat(600 << 10));
    slowly(request, 200, 900, 33);
    assertThat(posting.answers()).startsWith("HTTP/1.1 408");
  }

  @Test
  void while_a_client_is_not_read_its_body_is_not_late() {
    posting.take(request("a"));
    byte[] request = request("bc");
    posting.take(request, 0, request.length - 1);
    posting.reads(false);
    posting.idle(25);
    posting.reads(true);
    posting.idle(25);
    assertThat(posting.answers()).contains("HTTP/1.1 200").doesNotContain("408");
    posting.take(request, request.length - 1, request.length);
    assertThat(posting.answers()).startsWith("HTTP/1.1 200");
  }

  // Sends the first bytes, then so many a second; gives the index it came to.
  private int slowly(byte[] request, int first, int aSecond, int seconds) {
    posting.take(request, 0, first);
    int at = first;
    for (int i = 0; i < seconds && posting.isOpen(); i++) {
      posting.take(request, at, at + aSecond);
      at += aSecond;
      posting.idle(1);
    }
    return at;
  }

  @Test
  void headers_that_never_end_are_answered_408() {
    posting.take(request("a"), 0, 20);
    posting.idle(12);
    assertThat(posting.answers()).startsWith("HTTP/1.1 408");
  }

  @Test
  void who_came_through_the_front_door_has_no_more_time() {
    posting.reconnect(new TlsFront(new PlainOnly(), new Counts(posting.metrics)));
    posting.take(request("a"), 0, 20);
    posting.idle(9);
    assertThat(posting.answers()).isEmpty();
    posting.idle(5);
    assertThat(posting.answers()).startsWith("HTTP/1.1 408");
    assertThat(posting.isOpen()).isFalse();
  }

  @Test
  void a_minute_without_a_request_ends_the_connection() {
    assertThat(posting.post("/v1/events", "a")).startsWith("HTTP/1.1 200");
    posting.idle(59);
    assertThat(posting.isOpen()).isTrue();
    posting.idle(3);
    assertThat(posting.isOpen()).isFalse();
  }

  @Test
  void the_journal_may_take_its_time() {
    posting.log.hold();
    posting.take(request("a"));
    posting.idle(600);
    posting.log.release();
    assertThat(posting.answers()).startsWith("HTTP/1.1 200");
  }

  @Test
  void who_does_not_read_answers_is_not_read() {
    posting.take(request("a"));
    posting.reads(false);
    posting.take(request("b"));
    posting.take(request("c"));
    assertThat(posting.log.received()).isEqualTo(1);
    posting.reads(true);
    assertThat(posting.log.texts()).containsExactly("a", "b", "c");
    assertThat(posting.answers().split("HTTP/1.1 200", -1)).hasSize(4);
  }

  @Test
  void reading_again_does_not_overtake_the_journal() {
    posting.log.hold();
    posting.take(request("a"));
    posting.reads(false);
    posting.reads(true);
    posting.take(request("b"));
    assertThat(posting.log.received()).isEqualTo(1);
    posting.log.release();
    posting.answers();
    assertThat(posting.log.texts()).containsExactly("a", "b");
  }

  @Test
  void who_reads_nothing_for_half_a_minute_is_let_go() {
    posting.post("/v1/events", "a");
    posting.reads(false);
    posting.idle(29);
    assertThat(posting.isOpen()).isTrue();
    posting.idle(4);
    assertThat(posting.isOpen()).isFalse();
  }

  @Test
  void who_writes_all_of_its_body_first_still_reads_that_it_is_too_large() {
    posting.take(request("x".repeat(11 << 20)), 0, 200);
    assertThat(posting.answers()).startsWith("HTTP/1.1 413");
    byte[] more = new byte[1 << 10];
    for (int i = 0; i < 20; i++) {
      posting.take(more);
      posting.idle(1);
    }
    assertThat(posting.isOpen()).isTrue();
    posting.idle(4);
    assertThat(posting.isOpen()).isFalse();
  }

  @Test
  void who_goes_on_writing_after_the_last_answer_is_ended_within_a_minute_or_so() {
    posting.take(request("x".repeat(11 << 20)), 0, 200);
    for (int i = 0; i < 65 && posting.isOpen(); i++) {
      posting.take(new byte[1 << 10]);
      posting.idle(1);
    }
    assertThat(posting.isOpen()).isFalse();
  }

  @Test
  void the_last_answer_is_not_cut_while_it_is_being_written() {
    posting.delayWrites();
    posting.take(Posting.request("POST /v1/events", "a".getBytes(UTF_8), "Connection: close"));
    posting.answers();
    posting.idle(20);
    assertThat(posting.isOpen()).isTrue();
    posting.releaseWrites();
    assertThat(posting.answers()).startsWith("HTTP/1.1 200");
    posting.idle(3);
    assertThat(posting.isOpen()).isFalse();
  }

  @Test
  void an_answer_that_can_never_be_written_does_not_hold_the_connection() {
    posting.delayWrites();
    posting.take(Posting.request("POST /v1/events", "a".getBytes(UTF_8), "Connection: close"));
    posting.answers();
    posting.idle(122);
    assertThat(posting.isOpen()).isFalse();
  }

  @Test
  void a_failure_takes_no_doubt_that_is_another_requests() {
    posting.log.hold();
    posting.take(request("x\nx"));
    posting.reconnect();
    posting.log.release();
    posting.log.hold();
    posting.take(request("x"));
    posting.log.fail(true);
    posting.log.release();
    assertThat(posting.answers()).startsWith("HTTP/1.1 503");
    posting.log.fail(false);
    posting.post("/v1/events", "x");
    assertThat(lastMark()).isEqualTo(FrameBatch.DUPLICATE);
  }

  @Test
  void what_was_doubted_and_then_not_kept_is_no_duplicate_when_it_comes_again() {
    posting.log.hold();
    posting.take(request("x"));
    posting.reconnect();
    posting.log.fail(true);
    posting.log.release();
    posting.log.fail(false);
    posting.answers();
    posting.post("/v1/events", "x");
    assertThat(lastMark()).isZero();
  }

  @Test
  void an_agency_has_so_many_connections_whoever_they_come_from_and_another_its_own() {
    for (int i = 0; i < Posting.MOST_CONNECTIONS; i++) {
      assertThat(posting.post("/v1/events", "x")).startsWith("HTTP/1.1 200");
      assertThat(posting.post("/v1/events", "y")).startsWith("HTTP/1.1 200");
      posting.connectToo();
    }
    assertThat(posting.post("/v1/events", "x")).startsWith("HTTP/1.1 503").contains("Retry-After");
    assertThat(posting.counter("farol_intake_refused_total", "reason", "agency-connections"))
        .isEqualTo(1);
    posting.connectToo();
    assertThat(posting.post("/v1/events", "x", "Authorization: Bearer secret-c"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void a_length_that_is_no_number_or_too_large_for_one_is_refused_and_counted() {
    var lengths = List.of("99999999999999999999", "9223372036854775807", "0x10", "5, 5", "-1", "");
    for (String length : lengths) {
      posting.reconnect();
      posting.take(
          ("POST /v1/events HTTP/1.1\r\n"
                  + "Host: a\r\n"
                  + "Authorization: Bearer secret-b\r\n"
                  + "Content-Length: "
                  + length
                  + "\r\n\r\nx")
              .getBytes(ISO_8859_1));
      assertThat(posting.answers()).as(length).startsWith("HTTP/1.1 400");
    }
    assertThat(posting.counter("farol_intake_refused_total", "reason", "header"))
        .isEqualTo(lengths.size());
    assertThat(posting.log.texts()).isEmpty();
  }

  private static final class PlainOnly implements IntakeTls {
    @Override
    public SSLContext context() {
      throw new IllegalStateException("nobody uses TLS here");
    }

    @Override
    public Optional<String> agencyOf(X509Certificate client) {
      return Optional.empty();
    }
  }

  private byte lastMark() {
    return posting.log.blocks().getLast().frames().marks(0);
  }

  private static byte[] request(String body) {
    return Posting.request("POST /v1/events", body.getBytes(UTF_8));
  }
}
