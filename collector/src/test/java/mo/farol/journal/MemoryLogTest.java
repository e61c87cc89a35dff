package mo.farol.journal;

/** The fake that other rooms test with keeps to the contract too. */
class MemoryLogTest extends EventLogContract {
  @Override
  EventLog open() {
    return new MemoryLog();
  }
}
