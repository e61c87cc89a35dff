package mo.farol.journal;

import java.util.List;
import java.util.function.BooleanSupplier;

/** What is left of a block when its segment is written anew: itself, parts of it, nothing. */
@FunctionalInterface
public interface Remains {
  /** All of it. */
  Remains WHOLE = List::of;

  /** The parts in order; the block itself where nothing is to be taken out. */
  List<EventLog.Block> of(EventLog.Block block);

  /** The same until it is to end; then the segment stays as it was. */
  default Remains whileTrue(BooleanSupplier goesOn) {
    return block -> {
      if (!goesOn.getAsBoolean()) {
        throw new JournalFault("told to end; the segment is as it was");
      }
      return of(block);
    };
  }
}
