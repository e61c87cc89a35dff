package mo.farol.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import mo.farol.event.Runs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinesTest {
  @TempDir Path folder;

  @Test
  void what_a_crash_left_without_its_end_is_no_line_wherever_it_was_cut() throws IOException {
    var file = folder.resolve("lines");
    String text = "{\"a\":1}\n{\"a\":\"ção\"}\n";
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (int length = 0; length <= bytes.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(bytes, length));
      assertThat(linesOf(new Lines(file)))
          .containsExactlyElementsOf(
              length < 8 ? List.of() : text.lines().limit(length < bytes.length ? 1 : 2).toList());
    }
  }

  @Test
  void torn_last_lines_keep_no_seal_from_being_read() throws IOException {
    for (String name : List.of("cosignatures.jsonl", "stamps.jsonl", "removals.jsonl")) {
      Files.writeString(folder.resolve(name), "{\"si", StandardOpenOption.CREATE);
    }
    assertThat(new Cosignatures(folder, List.of()).witnesses()).isEmpty();
    assertThat(Stamps.in(folder).sizes()).isEmpty();
    var keys = SealKeys.open(folder.resolve("seal.key"), folder, false);
    var removals = Removals.in(folder, keys::chain);
    assertThat(removals.broken()).isEmpty();
    keys.sign(removal(), removals);
    assertThat(Removals.in(folder, keys::chain).broken()).isEmpty();
    assertThat(Removals.in(folder, keys::chain).all()).hasSize(1);
  }

  @Test
  void a_line_that_could_not_be_synced_is_not_there() throws IOException {
    var fails = new AtomicBoolean();
    var lines =
        new Lines(
            folder.resolve("lines"),
            _ -> {
              if (fails.get()) {
                throw new IOException("disk");
              }
            });
    lines.append("one");
    fails.set(true);
    assertThatThrownBy(() -> lines.append("two")).hasMessage("disk");
    assertThat(linesOf(lines)).containsExactly("one");
    assertThat(lines.last(Long.MAX_VALUE)).contains("one");
    fails.set(false);
    lines.append("three");
    assertThat(linesOf(lines)).containsExactly("one", "three");
  }

  @Test
  void the_names_are_synced_before_the_first_line_counts_and_once() throws IOException {
    var synced = new ArrayList<String>();
    var fails = new AtomicBoolean(true);
    var file = folder.resolve("seal").resolve("lines");
    var lines =
        new Lines(
            file,
            new Lines.Sync() {
              @Override
              public void run(RandomAccessFile out) {
                synced.add("bytes");
              }

              @Override
              public void names(Path of) throws IOException {
                synced.add("names of " + of.getFileName());
                if (fails.get()) {
                  throw new IOException("disk");
                }
              }
            });
    assertThatThrownBy(() -> lines.append("one")).hasMessage("disk");
    assertThat(linesOf(lines)).isEmpty();
    fails.set(false);
    lines.append("two");
    lines.append("three");
    lines.force();
    assertThat(linesOf(lines)).containsExactly("two", "three");
    assertThat(synced)
        .containsExactly("bytes", "names of seal", "bytes", "names of seal", "bytes", "bytes");
  }

  @Test
  void a_line_that_could_be_neither_synced_nor_cut_is_cut_before_the_next() throws IOException {
    var fails = new AtomicBoolean(true);
    var lines =
        new Lines(
            folder.resolve("lines"),
            out -> {
              if (fails.get()) {
                out.close();
                throw new IOException("disk");
              }
            });
    assertThatThrownBy(() -> lines.append("one"))
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    fails.set(false);
    lines.append("two");
    assertThat(linesOf(lines)).containsExactly("two");
  }

  @Test
  void a_line_that_is_being_written_is_waited_for_and_one_that_was_torn_is_shown()
      throws IOException {
    var file = folder.resolve("lines");
    Files.writeString(file, "one\ntw");
    var pauses = new AtomicInteger();
    var lines = new Lines(file, pausing(pauses::incrementAndGet));
    var all = new ArrayList<String>();
    lines.forEachAndTorn(all::add);
    assertThat(all).containsExactly("one", "tw");
    assertThat(pauses.get()).isPositive();

    all.clear();
    new Lines(file, pausing(() -> append(file, "o\n"))).forEachAndTorn(all::add);
    assertThat(all).containsExactly("one", "two");
  }

  private static Lines.Sync pausing(Runnable meanwhile) {
    return new Lines.Sync() {
      @Override
      public void run(RandomAccessFile out) {}

      @Override
      public void pause() {
        meanwhile.run();
      }
    };
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void lines_longer_than_a_piece_are_whole_and_known_by_where_they_begin() throws IOException {
    var file = folder.resolve("lines");
    var texts = List.of("a".repeat(200_000), "", "b".repeat((64 << 10) - 1), "ção", "c");
    Files.write(file, texts);
    var lines = new Lines(file);
    var all = new ArrayList<String>();
    var begins = new ArrayList<Long>();
    lines.forEach(
        (begin, line) -> {
          all.add(line);
          begins.add(begin);
        });
    assertThat(all).containsExactlyElementsOf(texts);
    assertThat(begins).containsExactly(0L, 200_001L, 200_002L, 265_538L, 265_544L);
    all.clear();
    lines.forEach(200_002, 265_544, (_, line) -> all.add(line));
    assertThat(all).containsExactly(texts.get(2), "ção");
  }

  private static Removal removal() {
    var runs = Runs.parse("4+3");
    return Removal.of(Instant.EPOCH, "policy", "by", "harbour", "http", 1, runs);
  }

  private static List<String> linesOf(Lines lines) throws IOException {
    var all = new ArrayList<String>();
    lines.forEach((_, line) -> all.add(line));
    return all;
  }
}
