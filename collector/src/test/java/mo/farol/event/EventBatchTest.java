package mo.farol.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventBatchTest {
  @Test
  void a_repeated_field_of_an_event_holds_all_its_values_in_order() {
    var frames = FrameBatch.ofTexts(Origin.live("a", "relp", "192.0.2.1"), Instant.EPOCH, "x");
    var batch = new EventBatch();
    batch.open(frames, 0, 0);
    for (int i = 0; i < 1000; i++) {
      batch.addText(Fields.USER_NAME, "u" + i);
    }
    batch.addText(Fields.APP_NAME, "once");
    batch.close(0, Severity.INFORMATIONAL, null);
    assertThat(batch.event(0).fields())
        .containsEntry(
            "user.name",
            IntStream.range(0, 1000).mapToObj(i -> "u" + i).collect(Collectors.joining(", ")))
        .containsEntry("log.syslog.appname", "once");
  }
}
