package mo.farol.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import mo.farol.centre.Home;
import mo.farol.ledger.Deeds;
import mo.farol.ledger.Ledger;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.seal.Hash;
import mo.farol.store.StoredIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is signed for a backup is what the home held, whoever touched the disk or the home. */
@Timeout(300)
class ForgeryTest {
  private static final Duration SELDOM = Duration.ofHours(1);
  private static final int DAYS = 8;
  private static final int FILES_A_COMMIT = 40;

  @TempDir Path folder;

  @Test
  void a_file_forged_in_the_last_backup_with_its_hash_is_not_signed_by_the_next() throws Exception {
    fill();
    var first = backup(true).folder();
    var manifest = Kept.in(first).manifest();
    var target =
        manifest.files().stream()
            .filter(entry -> entry.path().endsWith(".seg") && entry.bytes() > (9 << 10))
            .findFirst()
            .orElseThrow();
    var file = first.resolve("home").resolve(target.path());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.from(target.modified()));
    var list = first.resolve(Kept.MANIFEST);
    Files.writeString(
        list, Files.readString(list).replace(target.sha256(), Hash.sha256(bytes).hex()));

    var second = backup(true).folder();
    assertThat(Check.of(second, Optional.empty()).verdict().findings()).isEmpty();
    assertThat(second.resolve("home").resolve(target.path()))
        .hasSameBinaryContentAs(home().journal().resolveSibling(target.path()));
  }

  @Test
  void a_file_damaged_in_a_signed_backup_is_copied_anew() throws Exception {
    fill();
    var first = backup(true).folder();
    var entry =
        Kept.in(first).manifest().files().stream()
            .filter(each -> each.path().endsWith(".seg") && each.bytes() > (9 << 10))
            .findFirst()
            .orElseThrow();
    var file = first.resolve("home").resolve(entry.path());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.from(entry.modified()));
    var second = backup(true).folder();
    assertThat(Check.of(second, Optional.empty()).verdict().findings()).isEmpty();
  }

  @Test
  void an_index_of_many_days_is_taken_though_today_is_committed_to_all_the_time() throws Exception {
    try (var small = new SmallHome(home().folder(), SELDOM)) {
      for (int day = 1; day <= DAYS; day++) {
        small.append("harbour", received(), line(day));
      }
      small.settle();
    }
    assertThat(StoredIndex.in(home().index()).days()).hasSizeGreaterThan(DAYS - 2);
    var parser = new Parser(ParseConfig.defaults());
    var made = new AtomicInteger();
    var store = SmallHome.store(home().folder(), SELDOM);
    try (var links =
        new Links(List.of(home().journal(), home().index())) {
          @Override
          Path to(Path room, Path file) throws IOException {
            if (room.equals(home().index()) && made.incrementAndGet() % FILES_A_COMMIT == 0) {
              int from = made.get() / FILES_A_COMMIT % 2;
              SnapshotTest.move(store, parser, line(DAYS - from), micros(DAYS - 1 + from));
            }
            return super.to(room, file);
          }
        }) {
      var snapshot = Snapshot.take(home(), links, true);
      assertThat(made.get()).isGreaterThan(FILES_A_COMMIT);
      assertThat(snapshot.parts()).isNotEmpty();
    } finally {
      store.close();
    }
  }

  @Test
  void a_home_that_lost_its_heads_is_not_proven() throws Exception {
    try (var small = new SmallHome(home().folder(), SELDOM)) {
      small.append("harbour", received(), line(9));
      small.settle();
    }
    Files.delete(home().seal().resolve("heads.jsonl"));
    var made = backup(false);
    var checked = Check.of(made.folder(), Optional.empty());
    assertThat(checked.verdict().isProven()).isFalse();
    assertThat(checked.verdict().findings().getFirst()).contains("seal/heads.jsonl");
    assertThat(checked.isSealed()).isFalse();
  }

  @Test
  void a_file_replaced_after_it_was_listed_is_kept_whole() throws Exception {
    fill();
    var file = home().folder().resolve("farol.yaml");
    Files.writeString(file, "short");
    var parts =
        Others.of(home(), true).parts().stream()
            .filter(part -> part.path().equals("farol.yaml"))
            .toList();
    var draft = home().folder().resolve("farol.yaml.new");
    Files.writeString(draft, "longer than it was before");
    Files.move(
        draft,
        file,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    var copies = new Copies(folder.resolve("copy"), Optional.empty());
    for (var part : new ArrayList<>(parts)) {
      copies.add(part);
    }
    assertThat(folder.resolve("copy/farol.yaml")).hasContent("longer than it was before");
    assertThat(copies.entries()).singleElement().matches(entry -> entry.bytes() == 25);
  }

  @Test
  void a_folder_put_elsewhere_behind_a_link_is_no_part_of_the_backup() throws Exception {
    fill();
    var first = backup(true).folder();
    for (String part : List.of("journal", "seal/tree")) {
      var forged = first.resolve("home").resolve(part);
      var elsewhere = folder.resolve("elsewhere-" + part.replace('/', '-'));
      Files.move(forged, elsewhere);
      Files.createSymbolicLink(forged, elsewhere);
      var wrong = Check.of(first, Optional.empty()).verdict().findings();
      assertThat(wrong).anyMatch(l -> l.startsWith(part + "/") && l.endsWith(" is not there"));
    }
    var restored = new Home(folder.resolve("restored"));
    var come = Restore.into(restored, first, Optional.empty(), InstantSource.system());
    assertThat(come.verdict().isProven()).isFalse();
    assertThat(restored.journal()).doesNotExist();

    var second = backup(true);
    assertThat(Check.of(second.folder(), Optional.empty()).verdict().findings()).isEmpty();
    try (var segments = Files.list(second.folder().resolve("home/journal"))) {
      for (var segment : segments.toList()) {
        var other = folder.resolve("elsewhere-journal").resolve(segment.getFileName());
        assertThat(Files.isSameFile(segment, other)).as("%s is shared", segment).isFalse();
      }
    }
  }

  @Test
  void what_sources_are_said_to_have_told_is_in_the_ledger() throws Exception {
    fill();
    var ends = new AtomicBoolean();
    try (var ledger = Ledger.openSqlite(home().ledger());
        var centre = Executors.newSingleThreadExecutor()) {
      var deeds = new Deeds(ledger, InstantSource.system());
      var telling =
          centre.submit(
              () -> {
                int told = 0;
                while (!ends.get()) {
                  deeds.record("farol", "source.told", "pier", "" + ++told);
                  home().write("sources.json", "" + told);
                }
                return told;
              });
      try {
        for (int i = 0; i < 12; i++) {
          var made = backup(false).folder().resolve("home");
          var sources = made.resolve("sources.json");
          int said = Files.exists(sources) ? Integer.parseInt(Files.readString(sources)) : 0;
          try (var copy = Ledger.openSqlite(made.resolve("ledger.db"))) {
            int known =
                new Deeds(copy, InstantSource.system())
                    .latest(1).stream().mapToInt(deed -> Integer.parseInt(deed.detail())).sum();
            assertThat(known).isGreaterThanOrEqualTo(said);
          }
        }
      } finally {
        ends.set(true);
      }
      assertThat(telling.get()).as("tellings").isPositive();
    }
  }

  @Test
  void a_home_whose_restore_did_not_end_is_not_backed_up() throws Exception {
    fill();
    Files.createFile(home().unfinished());
    assertThatThrownBy(() -> backup(false))
        .isInstanceOf(BackupFault.class)
        .hasMessageContaining("restore");
    assertThat(folder.resolve("backups")).doesNotExist();
  }

  private void fill() {
    try (var small = new SmallHome(home().folder(), SELDOM)) {
      String text = "x".repeat(8 << 10);
      for (int i = 0; i < 8; i++) {
        var noise = new java.util.Random(i);
        var line = new StringBuilder("line ");
        text.chars().forEach(_ -> line.append((char) ('a' + noise.nextInt(26))));
        small.append("harbour", line.toString(), line.reverse().toString());
      }
      small.settle();
    }
  }

  private Home home() {
    return new Home(folder.resolve("home"));
  }

  private static Instant received() {
    return Instant.parse("2026-11-09T00:00:00Z");
  }

  private static String line(int day) {
    return "<13>1 2026-11-%02dT12:00:00Z pier app - - - moved".formatted(day);
  }

  private static long micros(int day) {
    return Instant.parse("2026-11-%02dT12:00:00Z".formatted(day)).getEpochSecond() * 1_000_000;
  }

  private Backup.Made backup(boolean shares) {
    return Backup.make(
        home(),
        new Backup.Order(folder.resolve("backups"), shares, true),
        InstantSource.system(),
        "test");
  }
}
