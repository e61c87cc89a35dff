package mo.farol.shipper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mo.farol.event.EventBatch;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import org.junit.jupiter.api.Test;

/**
 * A window that comes again byte for byte, as Filebeat packs it: as a whole, the event's id in
 * {@code @metadata._id}, numbered anew. One whose keys come in another order is told by an equal
 * id, and not marked.
 */
class LumberjackRetryTest extends LumberjackSession {
  private static final String FILEBEAT =
      "{\"@timestamp\":\"2026-11-24T09:59:58.125Z\",\"@metadata\":{\"beat\":\"filebeat\",\"type\":"
          + "\"_doc\",\"version\":\"8.17.0\",\"_id\":\"%s\"},\"log\":{\"offset\":0,\"file\":{"
          + "\"path\":\"/var/log/app.log\"}},\"message\":\"%s\",\"input\":{\"type\":\"filestream\"},"
          + "\"host\":{\"name\":\"web1\"},\"agent\":{\"type\":\"filebeat\",\"id\":\"8f7c\"},\"ecs\":{"
          + "\"version\":\"8.0.0\"}}";
  private static final String A = FILEBEAT.formatted("d0xW\\u0041", "one");
  private static final String B = FILEBEAT.formatted("d0xWB", "two");
  private static final String C = FILEBEAT.formatted("d0xWC", "three");

  @Test
  void an_events_id_is_what_filebeat_calls_it() {
    say(open(), windowOf(A));
    assertThat(events().getFirst())
        .containsEntry("event.id", "d0xWA")
        .containsEntry("@metadata._id", "d0xWA")
        .containsEntry("message", "one")
        .containsEntry("host.name", "web1")
        .doesNotContainKey("farol.duplicate");
  }

  @Test
  void a_document_encoded_anew_has_the_same_id_and_no_mark() {
    var first = open();
    log.hold();
    say(first, windowOf(A));
    first.close();
    log.release();
    say(
        open(),
        windowOf(
            A.replace("\"input\":{\"type\":\"filestream\"},", "")
                .replace("\"ecs\"", "\"input\":{\"type\":\"filestream\"},\"ecs\"")));

    assertThat(ids()).containsExactly("d0xWA", "d0xWA");
  }

  @Test
  void an_id_that_the_event_has_itself_is_not_replaced() {
    say(open(), windowOf(A.replaceFirst("\\{", "{\"event\":{\"id\":\"own\"},")));
    assertThat(events().getFirst()).containsEntry("event.id", "own");
  }

  @Test
  void a_window_that_was_never_answered_comes_again_and_is_marked() {
    var first = open();
    log.hold();
    say(first, windowOf(A, B));
    first.close();
    log.release();

    var second = open();
    say(second, windowOf(A, B));
    assertThat(said(second)).isEqualTo(ack(2));

    assertThat(ids()).containsExactly("d0xWA", "d0xWB", "d0xWA again", "d0xWB again");
    assertThat(metrics.counter("farol_intake_duplicates_total").count()).isEqualTo(2);
  }

  @Test
  void of_a_window_whose_answer_may_be_lost_only_what_was_there_is_marked_and_once() {
    var first = open();
    say(first, windowOf(A, B));
    assertThat(said(first)).isEqualTo(ack(2));
    first.close();

    say(open(), windowOf(B, C));
    say(open(), windowOf(B));

    assertThat(ids()).containsExactly("d0xWA", "d0xWB", "d0xWB again", "d0xWC", "d0xWB");
  }

  private static byte[] windowOf(String... events) {
    var frames = new byte[events.length][];
    for (int i = 0; i < events.length; i++) {
      frames[i] = json(i + 1, events[i]);
    }
    return join(window(events.length), packed(join(frames)));
  }

  private List<String> ids() {
    return events().stream()
        .map(e -> e.get("event.id") + (e.containsKey("farol.duplicate") ? " again" : ""))
        .toList();
  }

  private List<Map<String, String>> events() {
    var events = new ArrayList<Map<String, String>>();
    var batch = new EventBatch();
    for (var block : log.blocks()) {
      new Parser(ParseConfig.defaults()).parse(block.frames(), block.firstSequence(), 0, batch);
      for (int i = 0; i < batch.count(); i++) {
        events.add(batch.event(i).fields());
      }
    }
    return events;
  }
}
