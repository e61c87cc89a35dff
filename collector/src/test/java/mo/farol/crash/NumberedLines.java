package mo.farol.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.event.Severity;
import mo.farol.store.Replacement;

/**
 * A journal that needs no disk: which events a block holds follows from its number. What was
 * removed, and which lines a parser was mended for, is recorded before the index is told, as
 * retention and replay do.
 */
final class NumberedLines {
  static final int BLOCK = 25;
  private static final int BLOCKS_A_DAY = 30;
  private static final int DAYS = 5;
  private static final int ODD = 53;
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final Instant RECEIVED = Instant.parse("2026-11-26T00:00:00Z");
  private static final Origin ORIGIN =
      new Origin("harbour", "import", "", "lane", false, "", 2026, "UTC");

  private final Path removedFile;
  private final Path mendedFile;
  private final BitSet removed = new BitSet();
  private final BitSet mended = new BitSet();

  NumberedLines(Path folder) throws IOException {
    removedFile = folder.resolve("removed");
    mendedFile = folder.resolve("mended");
    read(removedFile, removed);
    read(mendedFile, mended);
  }

  // The last line may be torn: then nothing was done about it yet.
  private static void read(Path file, BitSet into) throws IOException {
    if (Files.exists(file)) {
      String text = Files.readString(file);
      text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .forEach(line -> into.set(Integer.parseInt(line)));
    }
  }

  private static void record(Path file, List<Integer> numbers) throws IOException {
    var text = new StringBuilder();
    numbers.forEach(number -> text.append(number).append('\n'));
    Files.writeString(
        file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.DSYNC);
  }

  /** Records that blocks are removed. */
  void remove(List<Integer> blocks) throws IOException {
    record(removedFile, blocks);
    blocks.forEach(removed::set);
  }

  /** Records that odd lines can be read now. */
  void mend(List<Integer> sequences) throws IOException {
    record(mendedFile, sequences);
    sequences.forEach(mended::set);
  }

  /** Numbers of the blocks that were removed. */
  BitSet removed() {
    return removed;
  }

  /** Sequences of the odd lines that can be read. */
  BitSet mended() {
    return mended;
  }

  static boolean isOdd(long sequence) {
    return sequence % ODD == 0;
  }

  /** The block with this number, as it is read now. */
  EventBatch block(int number) {
    return events((long) number * BLOCK, BLOCK);
  }

  /** What stands in the place of an odd line, now that it can be read. */
  Replacement replacement(int sequence) {
    return new Replacement(events(sequence, 1), Micros.of(time(sequence, false)));
  }

  private EventBatch events(long first, int count) {
    var texts = new String[count];
    for (int i = 0; i < count; i++) {
      texts[i] = "line " + (first + i);
    }
    var batch = new EventBatch();
    batch.open(FrameBatch.ofTexts(ORIGIN, RECEIVED, texts), first, first * 100);
    for (long sequence = first; sequence < first + count; sequence++) {
      boolean isMended = mended.get((int) sequence);
      var random = new Random(sequence);
      batch.addText(Fields.MESSAGE, "numbered " + sequence + " " + random.nextLong());
      batch.addText(Fields.HOST_NAME, "host" + random.nextInt(20));
      batch.addText(Fields.id("kill.n"), Integer.toString(random.nextInt(2_000)));
      String why = isOdd(sequence) && !isMended ? "odd" : null;
      batch.close(Micros.of(time(sequence, isMended)), Severity.NOTICE, why);
    }
    return batch;
  }

  /** The time of an event; an odd one has another, of another day, once it can be read. */
  static Instant time(long sequence, boolean isMended) {
    var random = new Random(sequence ^ 0x5DEECE66DL);
    long day = sequence / BLOCK / BLOCKS_A_DAY % DAYS;
    long of = random.nextInt(20) == 0 ? random.nextInt(DAYS) : day;
    long moved = isMended && isOdd(sequence) ? (of + 2) % DAYS : of;
    return START.plus(Duration.ofDays(moved)).plusSeconds(random.nextInt(86_400));
  }
}
