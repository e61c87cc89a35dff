package mo.farol.store;

import mo.farol.event.Sink;

/** A searchable view of the journal: the seam behind which another engine may stand. */
public interface EventIndex extends Sink, AutoCloseable {
  /** Events that can be found, counted since the journal began: the sequence after the last one. */
  long searchable();

  /** All that is searchable now, held still for one question. */
  Reading read();

  @Override
  void close();
}
