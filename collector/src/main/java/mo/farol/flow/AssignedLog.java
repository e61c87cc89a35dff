package mo.farol.flow;

import java.util.Optional;
import java.util.function.UnaryOperator;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;

/**
 * An event log whose live frames get the format and zone of their source before they are kept, so
 * that reading them again gives the same events whatever the configuration has become. Closing it
 * closes nothing.
 */
public final class AssignedLog implements EventLog {
  private final EventLog log;
  private final UnaryOperator<Origin> settle;

  /**
   * @param settle what becomes of an origin; called on the inputs' threads
   */
  public AssignedLog(EventLog log, UnaryOperator<Origin> settle) {
    this.log = log;
    this.settle = settle;
  }

  @Override
  public void append(FrameBatch batch, Acknowledgement acknowledgement) {
    log.append(batch.withOrigin(settle.apply(batch.origin())), acknowledgement);
  }

  @Override
  public boolean isFailing() {
    return log.isFailing();
  }

  @Override
  public long pendingBytes() {
    return log.pendingBytes();
  }

  @Override
  public long received() {
    return log.received();
  }

  @Override
  public long durable() {
    return log.durable();
  }

  @Override
  public Reader read(long fromSequence) {
    return log.read(fromSequence);
  }

  @Override
  public Optional<Block> lately(long sequence) {
    return log.lately(sequence);
  }

  @Override
  public Optional<Block> holding(long sequence) {
    return log.holding(sequence);
  }

  @Override
  public Optional<Block> holding(long sequence, long position) {
    return log.holding(sequence, position);
  }

  @Override
  public void close() {}
}
