package mo.farol.retention;

import java.util.Optional;
import mo.farol.event.EventBatch;
import mo.farol.journal.EventLog;
import mo.farol.parse.ClassRules;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;

/**
 * Of which class the frames of a block are. Frames are read again only where their origin does not
 * tell. For one thread.
 */
final class Classes {
  private static final int AT_ONCE = 4_096;

  private final ClassRules rules;
  private final Parser parser = new Parser(ParseConfig.defaults());
  private final EventBatch events = new EventBatch();

  Classes(ClassRules rules) {
    this.rules = rules;
  }

  /** The frames of one block, until the next. */
  Frames of(EventLog.Block block) {
    return new Frames(block);
  }

  /** Classes of the frames of a block, asked for in order. */
  final class Frames {
    private final EventLog.Block block;
    private int first;
    private int end;

    private Frames(EventLog.Block block) {
      this.block = block;
    }

    /** The class of all of them, "" for none; empty where {@link #of} is to be asked for each. */
    Optional<String> whole() {
      return rules.whole(block.frames().origin());
    }

    /** The class of frame {@code i}, "" for none. */
    String of(int i) {
      if (i >= end) {
        var frames = block.frames().slice(i, AT_ONCE);
        parser.parse(frames, block.firstSequence() + i, block.position(), events);
        first = i;
        end = i + frames.count();
      }
      return rules.of(events, i - first);
    }
  }
}
