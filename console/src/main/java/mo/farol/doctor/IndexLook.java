package mo.farol.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import mo.farol.centre.Home;
import mo.farol.journal.StoredJournal;
import mo.farol.store.StoredIndex;

/** Whether the index can be read, and how far it follows the journal. */
final class IndexLook {
  private IndexLook() {}

  static void at(Remarks remarks, Home home) throws IOException {
    if (!Files.isDirectory(home.index())) {
      remarks.ok("index", "there is none: it is made of the journal at the next start");
      return;
    }
    // The index first: a running centre writes the journal before it.
    var index = StoredIndex.in(home.index());
    long durable;
    try (var journal = StoredJournal.open(home.journal())) {
      durable = journal.durable();
    }
    if (index.next() > durable) {
      remarks.fail(
          "index",
          "knows events before %,d and the journal ends before %,d: 'farol verify --home' says what"
              + " is missing",
          index.next(),
          durable);
      return;
    }
    long broken = index.days().values().stream().filter(files -> files.isEmpty()).count();
    long aside = aside(home.index());
    if (broken + aside > 0) {
      remarks.warn(
          "index",
          "of %,d days %,d can't be read or were set aside: they are made again from the journal"
              + " while a centre runs; see to the disk",
          index.days().size() + aside,
          broken + aside);
    } else {
      remarks.ok(
          "index",
          "%,d days; %,d events of the journal are to come",
          index.days().size(),
          durable - index.next());
    }
  }

  private static long aside(Path index) throws IOException {
    try (Stream<Path> all = Files.list(index)) {
      return all.filter(day -> day.getFileName().toString().contains(".broken-")).count();
    }
  }
}
