package mo.farol.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import mo.farol.event.EventBatch;
import mo.farol.event.Fields;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.parse.EventJson;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.sample.Traffic;

/**
 * The same events in the form each program takes, in chunks on disk, so that sending them costs
 * little: syslog lines, and what our parser makes of them as JSON in flat ECS names. Peers get the
 * fields ready made; parsing is work that Farol alone does while the clock runs.
 *
 * @param folder holds {@code N.log} and the bodies
 * @param events how many
 * @param chunks how many files of each form
 * @param from the first instant of an event
 * @param fields names that the JSON has
 * @param lineBytes of all lines
 * @param jsonBytes of all JSON documents, 0 where none were wanted
 */
record Corpus(
    Path folder,
    long events,
    int chunks,
    Instant from,
    SortedSet<String> fields,
    long lineBytes,
    long jsonBytes) {
  /** How a body of JSON documents is written. */
  enum Form {
    /** One document a line. */
    LINES("json", ""),
    /** A bulk request's: before each document what to do with it. */
    BULK("bulk", "{\"create\":{}}\n");

    private final String ending;
    private final String before;

    Form(String ending, String before) {
      this.ending = ending;
      this.before = before;
    }

    String ending() {
      return ending;
    }
  }

  static final String LOG = "log";

  /** Events of a chunk: 1.6 MB of lines, 5 MB of JSON. */
  static final int CHUNK = 6_000;

  private static final Origin ORIGIN = Origin.live("bench", "syslog.tcp", "127.0.0.1");

  /** The events end before this. */
  Instant to() {
    return from.plus(Traffic.SPAN);
  }

  /** Chunks sent before the clock runs, a fifth; none where there is only one. */
  int warm() {
    return chunks / 5 + (chunks > 1 && chunks < 5 ? 1 : 0);
  }

  /** Events in the first so many chunks. */
  long eventsIn(int first) {
    return Math.min(events, (long) first * CHUNK);
  }

  /** Where a chunk lies. */
  static Path chunk(Path folder, int number, String ending) {
    return folder.resolve("%06d.%s".formatted(number, ending));
  }

  /** Writes the events of yesterday's working day. */
  static Corpus write(Path folder, long events, long seed, Set<Form> forms) throws IOException {
    return write(folder, events, seed, forms, 0);
  }

  /**
   * The same with every so manieth line one of {@link Probes}, none where 0.
   *
   * @param every lines from one to the next
   */
  static Corpus write(Path folder, long events, long seed, Set<Form> forms, long every)
      throws IOException {
    var day = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(1, ChronoUnit.DAYS);
    Files.createDirectories(folder);
    return new Writing(folder, new Traffic(day, events, seed), forms, every).all(events, day);
  }

  /** The work of it. */
  private static final class Writing {
    private final Path folder;
    private final Traffic traffic;
    private final Set<Form> forms;
    private final long every;
    private final Parser parser = new Parser(ParseConfig.defaults());
    private final EventBatch batch = new EventBatch();
    private final SortedSet<String> fields = new TreeSet<>();
    private final ByteArrayOutputStream document = new ByteArrayOutputStream();
    private long lineBytes;
    private long jsonBytes;

    Writing(Path folder, Traffic traffic, Set<Form> forms, long every) {
      this.folder = folder;
      this.traffic = traffic;
      this.forms = forms;
      this.every = every;
    }

    Corpus all(long events, Instant from) throws IOException {
      int chunks = Math.toIntExact((events + CHUNK - 1) / CHUNK);
      for (int i = 0; i < chunks; i++) {
        chunk(i, (int) Math.min(CHUNK, events - (long) i * CHUNK));
      }
      return new Corpus(folder, events, chunks, from, fields, lineBytes, jsonBytes);
    }

    private void chunk(int number, int count) throws IOException {
      var text = new StringBuilder(count * 280);
      var frames = new FrameBatch.Builder();
      for (int i = 0; i < count; i++) {
        int start = text.length();
        line((long) number * CHUNK + i, text);
        byte[] line = text.substring(start).getBytes(UTF_8);
        frames.add(line, 0, line.length, (byte) 0);
        text.append('\n');
      }
      byte[] lines = text.toString().getBytes(UTF_8);
      lineBytes += lines.length;
      keep(Corpus.chunk(folder, number, LOG), lines);
      if (!forms.isEmpty()) {
        parser.parse(frames.build(ORIGIN, Micros.of(Instant.now())), 0, 0, batch);
        bodies(number);
      }
    }

    private void line(long number, StringBuilder to) {
      if (Probes.isOne(number, every)) {
        traffic.mark(to, Probes.name(number));
      } else {
        traffic.next(to);
      }
    }

    private void bodies(int number) throws IOException {
      for (var form : forms) {
        byte[] before = form.before.getBytes(US_ASCII);
        long without = 0;
        var body = new ByteArrayOutputStream(batch.count() * 640);
        for (int i = 0; i < batch.count(); i++) {
          document.reset();
          EventJson.write(known(i), i, document);
          body.writeBytes(before);
          document.writeTo(body);
          body.write('\n');
          without += document.size() + 1;
        }
        keep(Corpus.chunk(folder, number, form.ending), body.toByteArray());
        jsonBytes += form == forms.iterator().next() ? without : 0;
      }
    }

    // On disk when it is over: what is measured afterwards has the disk for itself.
    private static void keep(Path file, byte[] bytes) throws IOException {
      try (var channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        for (var left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
          channel.write(left);
        }
        channel.force(false);
      }
    }

    private EventBatch known(int i) {
      if (batch.rejection(i) != null) {
        throw new IllegalStateException("a line of our own can't be read: " + batch.rejection(i));
      }
      for (int k = batch.from(i); k < batch.to(i); k++) {
        fields.add(Fields.name(batch.field(k)));
      }
      return batch;
    }
  }
}
