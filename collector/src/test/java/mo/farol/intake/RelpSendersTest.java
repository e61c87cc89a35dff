package mo.farol.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.teragrep.rlp_01.RelpBatch;
import com.teragrep.rlp_01.RelpConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mo.farol.wire.Leaks;
import mo.farol.wire.Rsyslog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** RELP as {@code rsyslogd} and teragrep's client speak it. */
@ExtendWith(Leaks.class)
@Timeout(120)
class RelpSendersTest {
  private static final int LINES = 5000;

  private final OpenIntake open = new OpenIntake();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void rsyslog_is_understood_and_every_line_comes_once() throws Exception {
    var lines = Rsyslog.lines(LINES);
    try (var rsyslog = rsyslog(lines)) {
      var frames = open.frames(LINES);
      assertThat(frames).as(rsyslog.said()).hasSize(LINES);
      for (int i = 0; i < LINES; i++) {
        assertThat(frames.get(i)).startsWith("<134>").endsWith(lines.get(i));
      }
    }
    assertThat(open.log.durable()).isEqualTo(LINES);
    assertThat(open.counter("farol_intake_refused_total", "reason", "relp")).isZero();
  }

  @Test
  void rsyslog_loses_nothing_while_the_log_refuses_again_and_again() throws Exception {
    var lines = Rsyslog.lines(LINES);
    open.log.fail(true);
    try (var rsyslog = rsyslog(lines)) {
      for (int i = 0; i < 4; i++) {
        double before = open.counter("farol_intake_refused_total", "reason", "log");
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> open.counter("farol_intake_refused_total", "reason", "log") > before);
        open.log.fail(false);
        TimeUnit.MILLISECONDS.sleep(20);
        open.log.fail(i < 3 && open.log.durable() < LINES);
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> distinct(open.log.texts()).size() == LINES);
      assertThat(distinct(open.log.texts())).as(rsyslog.said()).hasSize(LINES);
    }
  }

  @Test
  void teragreps_client_is_answered_for_every_message() throws Exception {
    var texts = IntStream.range(0, 1000).mapToObj(i -> "<14>1 - h app - - - message " + i).toList();
    var batch = new RelpBatch();
    texts.forEach(text -> batch.insert(text.getBytes(UTF_8)));
    var client = new RelpConnection();
    assertThat(client.connect("127.0.0.1", open.port("intake.relp"))).isTrue();
    client.commit(batch);
    assertThat(batch.verifyTransactionAll()).isTrue();
    assertThat(open.log.texts()).isEqualTo(texts);
    assertThat(client.disconnect()).isTrue();
  }

  private static Set<String> distinct(List<String> frames) {
    var lines = new HashSet<String>();
    frames.forEach(frame -> lines.add(frame.substring(frame.indexOf("line "))));
    return lines;
  }

  private Rsyslog rsyslog(List<String> lines) throws Exception {
    assumeTrue(Rsyslog.has("omrelp"), "SKIPPED: apt-get install rsyslog-relp runs this test");
    return Rsyslog.sending(
        folder.resolve("rsyslog"),
        lines,
        "module(load=\"omrelp\")",
        """
        action(type="omrelp" target="127.0.0.1" port="%d"
          action.resumeRetryCount="-1" action.resumeInterval="1")
        """
            .formatted(open.port("intake.relp")));
  }
}
