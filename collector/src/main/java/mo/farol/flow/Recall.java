package mo.farol.flow;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import mo.farol.event.EventBatch;
import mo.farol.journal.EventLog;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.search.EventReader;

/**
 * The way back: from a sequence to the frame in the journal, read anew by the parser. Any thread
 * may ask.
 */
public final class Recall implements EventReader {
  private static final int DESKS_KEPT = 16;

  /** A parser and what it writes on; each costs more to make than an event to read. */
  private record Desk(Parser parser, EventBatch events) {}

  private final EventLog journal;
  private final ArrayBlockingQueue<Desk> idle = new ArrayBlockingQueue<>(DESKS_KEPT);

  public Recall(EventLog journal) {
    this.journal = journal;
  }

  @Override
  public Optional<Recalled> recall(long sequence, long position) {
    return journal.holding(sequence, position).map(block -> read(block, sequence));
  }

  private Recalled read(EventLog.Block block, long sequence) {
    int i = (int) (sequence - block.firstSequence());
    var desk =
        Optional.ofNullable(idle.poll())
            .orElseGet(() -> new Desk(new Parser(ParseConfig.defaults()), new EventBatch()));
    desk.parser.parse(block.frames().slice(i, 1), sequence, block.position(), desk.events);
    var event = desk.events.event(0);
    idle.offer(desk);
    return new Recalled(event, block.frames().frame(i, block.firstSequence()));
  }
}
