package mo.farol.post;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mo.farol.wire.Leaks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that are nearly all header: what is held of them ends long before they do. */
@ExtendWith(Leaks.class)
class HeaderFloodTest {
  private static final String HEAD =
      "POST /v1/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer secret-b\r\n";
  private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
  private static final int HEADER_BYTES = 8 << 10;

  private final Posting posting = new Posting(Events::new);

  @AfterEach
  void close() {
    posting.close();
  }

  @Test
  void thousands_of_tiny_headers_are_refused_at_the_129th_and_not_held_to_their_end() {
    say("POST /v1/events HTTP/1.1\r\n");
    int sent = sayUntilAnswered("a:\r\n", 4_000);
    // A header is known to be whole when the next one begins.
    assertThat(sent).isEqualTo(FewHeaders.MOST + 2);
    assertThat(posting.answers()).startsWith("HTTP/1.1 431").contains("at most 128 headers");
    assertThat(refused("header")).isEqualTo(1);
    assertServed();
  }

  @Test
  void as_many_headers_as_a_request_may_have_are_taken() {
    String more = "X-Some: 1\r\n".repeat(FewHeaders.MOST - 3);
    say(HEAD + more + "Content-Length: 1\r\n\r\na");
    assertThat(posting.answers()).startsWith("HTTP/1.1 200");
  }

  @Test
  void one_header_in_endless_pieces_is_refused_at_8_kibibytes() {
    say(HEAD + "X-Endless: ");
    int sent = sayUntilAnswered("y", 3 * HEADER_BYTES);
    assertThat(sent).isLessThan(HEADER_BYTES);
    assertThat(posting.answers()).startsWith("HTTP/1.1 431");
    assertThat(refused("header")).isEqualTo(1);
    assertServed();
  }

  @Test
  void one_header_in_pieces_with_a_pause_between_them_has_ten_seconds() {
    say(HEAD + "X-Endless: ");
    for (int i = 0; i < 20 && posting.isOpen(); i++) {
      say("y");
      posting.idle(1);
    }
    assertThat(posting.answers()).startsWith("HTTP/1.1 408");
    assertThat(refused("slow")).isEqualTo(1);
    assertServed();
  }

  @Test
  void a_header_folded_over_thousands_of_lines_is_refused_at_8_kibibytes() {
    say(HEAD + "X-Folded: 1\r\n");
    int sent = sayUntilAnswered(" y\r\n", 2 * HEADER_BYTES);
    assertThat(sent).isLessThan(HEADER_BYTES / 2);
    assertThat(posting.answers()).startsWith("HTTP/1.1 431");
    assertServed();
  }

  @Test
  void a_first_line_that_never_ends_is_refused_at_4_kibibytes() {
    say("POST /");
    assertThat(sayUntilAnswered("x", 3 * HEADER_BYTES)).isLessThanOrEqualTo(4 << 10);
    assertThat(posting.answers()).startsWith("HTTP/1.1 431");
    assertThat(refused("header")).isEqualTo(1);
    assertServed();
  }

  @Test
  void thousands_of_trailers_are_refused_and_nothing_is_kept() {
    say(CHUNKED + "1\r\nx\r\n0\r\n");
    int sent = sayUntilAnswered("a:\r\n", 4_000);
    assertThat(sent).isEqualTo(FewHeaders.MOST + 2);
    assertThat(posting.answers()).startsWith("HTTP/1.1 400");
    assertThat(refused("body")).isEqualTo(1);
    assertThat(posting.log.received()).isZero();
    assertServed();
  }

  @Test
  void trailers_that_a_request_may_have_are_no_part_of_an_event() {
    say(CHUNKED + "1\r\nx\r\n0\r\nX-Checksum: 1\r\nContent-Length: 7\r\n\r\n");
    assertThat(posting.answers()).startsWith("HTTP/1.1 200");
    assertThat(posting.log.texts()).containsExactly("x");
  }

  @Test
  void the_extensions_of_thousands_of_chunks_are_no_part_of_an_event() {
    String body =
        IntStream.range(0, 3_000)
            .mapToObj(i -> "1;e" + i + "=\"" + "v".repeat(300) + "\"\r\nx\r\n")
            .collect(Collectors.joining());
    say(CHUNKED + body + "0;last=1\r\n\r\n");
    assertThat(posting.answers()).startsWith("HTTP/1.1 200");
    assertThat(posting.log.texts()).containsExactly("x".repeat(3_000));
  }

  @Test
  void an_extension_that_never_ends_is_refused_at_4_kibibytes() {
    say(CHUNKED + "1;e=");
    assertThat(sayUntilAnswered("v", 3 * HEADER_BYTES)).isLessThanOrEqualTo(4 << 10);
    assertThat(posting.answers()).startsWith("HTTP/1.1 400");
    assertThat(refused("body")).isEqualTo(1);
    assertThat(posting.log.received()).isZero();
    assertServed();
  }

  @Test
  void thousands_of_requests_behind_one_that_waits_end_the_connection() {
    posting.log.hold();
    say(HEAD + "Content-Length: 1\r\n\r\na");
    say("GET / HTTP/1.1\r\n\r\n".repeat(Pipelined.MOST_REQUESTS));
    assertThat(refused("pipelined")).isZero();
    assertThat(posting.isOpen()).isTrue();
    say("GET / HTTP/1.1\r\n\r\n".repeat(3_000));
    assertThat(posting.isOpen()).isFalse();
    assertThat(refused("pipelined")).isEqualTo(1);
    posting.log.release();
    posting.reconnect();
    assertServed();
  }

  @Test
  void thousands_of_headers_behind_a_request_that_waits_end_the_connection() {
    posting.log.hold();
    say(HEAD + "Content-Length: 1\r\n\r\na");
    say(("GET / HTTP/1.1\r\n" + "a:\r\n".repeat(100) + "\r\n").repeat(50));
    assertThat(posting.isOpen()).isFalse();
    assertThat(refused("pipelined")).isEqualTo(1);
    posting.log.release();
    posting.reconnect();
    assertServed();
  }

  @Test
  void thousands_of_tiny_chunks_behind_a_request_that_waits_end_the_connection() {
    posting.log.hold();
    say(HEAD + "Content-Length: 1\r\n\r\na");
    say(CHUNKED + "1\r\nx\r\n".repeat(3_000));
    assertThat(posting.isOpen()).isFalse();
    assertThat(refused("pipelined")).isEqualTo(1);
    posting.log.release();
    posting.reconnect();
    assertServed();
  }

  @Test
  void a_hundred_requests_sent_at_once_are_all_answered() {
    posting.log.hold();
    say((HEAD + "Content-Length: 1\r\n\r\na").repeat(100));
    posting.log.release();
    for (int i = 0; i < 100; i++) {
      posting.answers();
    }
    assertThat(posting.log.texts()).hasSize(100);
    assertThat(posting.isOpen()).isTrue();
  }

  // Another connection, while this one still stands.
  private void assertServed() {
    long before = posting.log.durable();
    posting.connectToo();
    assertThat(posting.post("/v1/events", "another")).startsWith("HTTP/1.1 200");
    assertThat(posting.log.durable()).isEqualTo(before + 1);
  }

  private double refused(String reason) {
    return posting.counter("farol_intake_refused_total", "reason", reason);
  }

  private void say(String text) {
    posting.take(text.getBytes(ISO_8859_1));
  }

  // How often it was said until somebody had enough.
  private int sayUntilAnswered(String piece, int most) {
    for (int i = 1; i <= most; i++) {
      say(piece);
      if (posting.hasAnswered()) {
        return i;
      }
    }
    return most + 1;
  }
}
