package mo.farol.match;

import java.time.Instant;
import java.util.List;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;

/** Events for tests, read by the real parser from what a sender would write. */
public final class Events {
  private Events() {}

  /** One event for each frame. */
  public static EventBatch of(List<String> frames) {
    return of(Origin.live("agency-a", "test", ""), 0, frames);
  }

  /** One event for each frame, numbered from a sequence. */
  public static EventBatch of(Origin origin, long firstSequence, List<String> frames) {
    var batch = new EventBatch();
    var at = Instant.parse("2026-11-24T10:00:00Z");
    new Parser(ParseConfig.defaults())
        .parse(
            FrameBatch.ofTexts(origin, at, frames.toArray(String[]::new)), firstSequence, 0, batch);
    return batch;
  }
}
