package mo.farol.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.centre.Home;
import mo.farol.centre.Usage;
import mo.farol.health.LastBackup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which backups stay in a folder, and which folders take none. */
@Timeout(300)
class NewestTest {
  private static final Duration SELDOM = Duration.ofHours(1);

  @TempDir Path folder;

  @Test
  void the_newest_that_are_wanted_stay_and_what_is_no_backup_of_this_home_is_not_touched()
      throws Exception {
    fill("home");
    backup(0);
    backup(0);
    var unsigned = backup(0).folder();
    var list = unsigned.resolve(Kept.MANIFEST);
    Files.writeString(list, Files.readString(list).replace("\"test\"", "\"changed\""));
    var noted = backup(0).folder();
    Files.writeString(noted.resolve("note.txt"), "of the audit");
    var last = backup(0).folder();
    Files.createDirectory(to().resolve("farol-papers"));
    Files.writeString(to().resolve("farol-2026"), "a file");

    var made = backup(2);
    assertThat(made.wrongs()).isEmpty();
    assertThat(made.removed()).hasSize(2);
    assertThat(names())
        .containsExactlyInAnyOrder(
            "farol-papers",
            "farol-2026",
            unsigned.getFileName().toString(),
            noted.getFileName().toString(),
            last.getFileName().toString(),
            made.folder().getFileName().toString());
    assertThat(made.remarks())
        .anyMatch(line -> line.startsWith(unsigned.getFileName() + " does not count and stays"))
        .anyMatch(line -> line.contains("note.txt in it is not of a backup"));
    assertThat(Check.of(last, Optional.empty()).verdict().findings()).isEmpty();
  }

  @Test
  void a_backup_that_is_damaged_counts_for_none_and_the_next_older_one_stays_in_its_place()
      throws Exception {
    fill("home");
    var oldest = backup(0).folder();
    var older = backup(0).folder();
    var damaged = backup(2).folder();
    assertThat(oldest).doesNotExist();
    flip(file(damaged.resolve(Kept.HOME), ".seg"));
    // Proven when it was made: a note of that does not outlast the note of another.
    Files.copy(
        older.resolve(ProofNote.FILE),
        damaged.resolve(ProofNote.FILE),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    var made = backup(2);
    assertThat(made.remarks())
        .anyMatch(line -> line.startsWith(damaged.getFileName() + " does not count and stays"));
    assertThat(older).exists();
    assertThat(made.removed()).isEmpty();

    var file = file(made.folder().resolve(Kept.HOME), "ledger.db");
    Files.delete(file);
    var next = backup(2);
    assertThat(next.remarks()).anyMatch(line -> line.contains("ledger.db is not there whole"));
    assertThat(older).exists();
    assertThat(backup(2).removed())
        .contains(older.getFileName().toString(), damaged.getFileName().toString());
  }

  @Test
  void what_somebody_works_in_or_wrote_into_stays_and_is_told() throws Exception {
    fill("home");
    var run = backup(0).folder();
    var added = backup(0).folder();
    var grown = backup(0).folder();
    var plain = backup(0).folder();
    Files.writeString(Files.createDirectories(added.resolve("home/papers")).resolve("a.txt"), "a");
    Files.writeString(
        file(grown.resolve(Kept.HOME), "ledger.db"), "more", StandardOpenOption.APPEND);
    var held = new Home(run.resolve(Kept.HOME)).open();
    try {
      var made = backup(1);
      assertThat(made.removed()).containsExactly(plain.getFileName().toString());
      assertThat(made.remarks())
          .contains(
              run.getFileName() + " does not count and stays: a centre runs on its folder home",
              added.getFileName()
                  + " does not count and stays: papers/a.txt in it is not of a backup",
              grown.getFileName() + " does not count and stays: ledger.db in it was changed since");
    } finally {
      held.close();
    }
    assertThat(backup(1).removed()).as("a centre ran there").hasSize(1);
    assertThat(run).exists();
  }

  @Test
  void a_copy_of_a_backup_is_no_further_one() throws Exception {
    fill("home");
    var older = backup(0).folder();
    var newer = backup(0).folder();
    var copy = newer.resolveSibling(newer.getFileName() + "-copy");
    try (Stream<Path> all = Files.walk(newer)) {
      for (var each : all.toList()) {
        Files.copy(each, copy.resolve(newer.relativize(each).toString()));
      }
    }
    var made = backup(3);
    assertThat(made.removed()).isEmpty();
    assertThat(older).exists();
    assertThat(made.remarks())
        .containsOnlyOnce(
            "%s does not count and stays: it is a copy of %s"
                .formatted(newer.getFileName(), copy.getFileName()));
  }

  @Test
  void nothing_is_removed_where_the_new_one_is_not_proven() throws Exception {
    fill("home");
    backup(0);
    backup(0);
    flip(file(home("home").journal(), ".seg"));
    var made = backup(1);
    assertThat(made.removed()).isEmpty();
    assertThat(made.wrongs().getFirst()).startsWith("the new backup is not proven: ");
    assertThat(names()).hasSize(3);
    assertThat(LastBackup.in(home("home").folder()).failed().orElseThrow().what())
        .contains("is not proven");
  }

  @Test
  void backups_of_before_the_key_was_changed_and_of_before_a_restore_are_the_homes()
      throws Exception {
    fill("home");
    var first = backup(0).folder();
    try (var small = new SmallHome(home("home").folder(), SELDOM)) {
      small.seal.rotate();
    }
    fill("home");
    var later = backup(0).folder();

    // A home restored from before the change does not know the key that came after.
    var restored = home("restored");
    Restore.into(restored, first, Optional.empty(), InstantSource.system());
    var made = backup("restored", 1);
    assertThat(later).as("not by a key the restored home knows").exists();
    assertThat(first).as("of the restored home, and older").doesNotExist();
    assertThat(made.folder()).exists();

    assertThat(backup(1).removed())
        .as("the home that went on knows all of its keys, and which backup is older")
        .contains(later.getFileName().toString());
  }

  @Test
  void a_folder_of_another_home_or_of_its_backups_is_refused() throws Exception {
    fill("home");
    fill("other");
    var others = backup("other", 0).folder();
    var broken = Files.createDirectory(to().resolve("farol-x.partial"));

    assertThatThrownBy(() -> backup(0))
        .isInstanceOf(Usage.class)
        .hasMessageContaining("holds backups of another home (" + others.getFileName());
    assertThat(broken).exists();
    for (var taken :
        List.of(
            home("other").folder(),
            home("other").folder().resolve("backups"),
            others,
            others.resolve("home/backups"))) {
      assertThatThrownBy(() -> backup(taken))
          .as(taken.toString())
          .isInstanceOf(Usage.class)
          .hasMessageContaining("hoose a folder");
    }
    assertThat(home("other").folder().resolve("backups")).doesNotExist();
    assertThat(Check.of(others, Optional.empty()).verdict().findings()).isEmpty();

    var link = Files.createSymbolicLink(folder.resolve("link"), home("other").folder());
    assertThatThrownBy(() -> backup(link)).isInstanceOf(Usage.class);
  }

  private void fill(String name) {
    try (var small = new SmallHome(home(name).folder(), SELDOM)) {
      for (int i = 0; i < 20; i++) {
        small.append("harbour", "line %d ".formatted(i) + "x".repeat(400), "and more");
      }
      small.settle();
    }
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  private static Path file(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(to())) {
      return all.map(each -> each.getFileName().toString())
          .filter(name -> name.startsWith(Kept.BEGIN))
          .toList();
    }
  }

  private Path to() {
    return folder.resolve("backups");
  }

  private Home home(String name) {
    return new Home(folder.resolve(name));
  }

  private Backup.Made backup(int keep) {
    return backup("home", keep);
  }

  private Backup.Made backup(Path into) {
    return make(home("home"), into, 0);
  }

  private Backup.Made backup(String name, int keep) {
    return make(home(name), to(), keep);
  }

  private static Backup.Made make(Home home, Path into, int keep) {
    var order = new Backup.Order(into, false, true, 0, keep);
    return Backup.make(home, order, InstantSource.system(), "test");
  }
}
