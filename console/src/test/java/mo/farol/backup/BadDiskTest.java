package mo.farol.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mo.farol.centre.Home;
import mo.farol.centre.Usage;
import mo.farol.journal.Quarantined;
import mo.farol.proof.HomeCheck;
import mo.farol.seal.SignerKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups on a disk that gives not all of them any more, and of homes that lie behind a link. */
@Timeout(300)
class BadDiskTest {
  private static final Duration SELDOM = Duration.ofHours(1);

  @TempDir Path folder;

  @Test
  void a_home_behind_a_link_is_kept_whole() throws Exception {
    fill();
    Files.writeString(home().folder().resolve("farol.yaml"), "bind: 127.0.0.1\n");
    Files.createDirectories(home().rules().resolve("sigma"));
    Files.writeString(home().rules().resolve("sigma/own.yml"), "title: own\n");
    var link = Files.createSymbolicLink(folder.resolve("link"), home().folder());
    var made =
        Backup.make(
            new Home(link),
            new Backup.Order(folder.resolve("backups"), false, true),
            InstantSource.system(),
            "test");
    assertThat(made.folder().resolve("home/farol.yaml")).hasContent("bind: 127.0.0.1\n");
    assertThat(made.folder().resolve("home/rules/sigma/own.yml")).hasContent("title: own\n");

    var empty = Files.createDirectory(folder.resolve("other"));
    var other = Files.createSymbolicLink(folder.resolve("other-link"), empty);
    var come =
        Restore.into(new Home(other), made.folder(), Optional.empty(), InstantSource.system());
    assertThat(come.verdict().findings()).isEmpty();
    assertThat(empty.resolve("rules/sigma/own.yml")).hasContent("title: own\n");
  }

  @Test
  void a_file_that_can_not_be_read_is_named_and_all_others_are_restored() throws Exception {
    fill();
    Files.writeString(home().folder().resolve("farol.yaml"), "bind: 127.0.0.1\n");
    var made = backup(false).folder();
    var bad = bad("farol.yaml");
    var to = folder.resolve("restored");
    var come =
        Restore.into(new Home(to), made, Optional.empty(), InstantSource.system(), new Digest(bad));
    assertThat(come.verdict().findings())
        .containsExactly("farol.yaml can't be read (IOException: Input/output error (made up))");
    assertThat(to.resolve("farol.yaml")).doesNotExist();
    for (var entry : Kept.in(made).manifest().files()) {
      if (!entry.path().equals("farol.yaml")) {
        assertThat(to.resolve(entry.path())).hasSize(entry.bytes());
      }
    }
    var checked = Check.of(made, Optional.empty(), new Digest(bad));
    assertThat(checked.verdict().findings()).isEqualTo(come.verdict().findings());
  }

  @Test
  void a_file_shared_with_a_backup_that_can_not_be_read_any_more_is_copied() throws Exception {
    fill();
    var first = Kept.in(backup(true).folder());
    var entry =
        first.manifest().files().stream()
            .filter(each -> each.path().endsWith(".seg"))
            .findFirst()
            .orElseThrow();
    var copies =
        new Copies(
            folder.resolve("copy"),
            Optional.of(Earlier.of(first)),
            new Digest(bad("copy/" + entry.path())));
    var name = entry.path().substring("journal/".length());
    var left =
        copies.share(
            List.of(
                Part.of(entry.path(), home().journal().resolve(name)),
                Part.of("journal/99999999-later.seg", home().journal().resolve(name))));
    assertThat(left).extracting(Part::path).contains(entry.path());
    for (var part : left) {
      copies.add(part);
    }
    assertThat(folder.resolve("copy").resolve(entry.path())).hasSize(entry.bytes());
    assertThat(copies.entries())
        .anyMatch(e -> e.path().equals(entry.path()) && e.sha256().equals(entry.sha256()));
  }

  @Test
  void heads_cut_back_to_an_old_one_are_missed() throws Exception {
    try (var small = new SmallHome(home().folder(), SELDOM)) {
      var received = Instant.now().minus(Duration.ofDays(30));
      small.append("harbour", received, "one");
      small.settle();
      small.append("harbour", received, "two", "three");
      small.settle();
    }
    var heads = home().seal().resolve("heads.jsonl");
    assertThat(Check.of(backup(false).folder(), Optional.empty()).verdict().findings()).isEmpty();
    Files.write(heads, Files.readAllLines(heads).subList(0, 1));
    var made = backup(false).folder();
    var checked = Check.of(made, Optional.empty());
    assertThat(checked.verdict().isProven()).isFalse();
    assertThat(checked.verdict().findings())
        .anyMatch(line -> line.contains("2 behind them came more than a day before the backup"));
  }

  @Test
  void a_home_may_be_a_disk_of_its_own() throws Exception {
    fill();
    Files.createDirectory(home().folder().resolve("lost+found"));
    var made = backup(false);
    var disk = Files.createDirectory(folder.resolve("disk"));
    Files.createDirectory(disk.resolve("lost+found"));
    var come =
        Restore.into(new Home(disk), made.folder(), Optional.empty(), InstantSource.system());
    assertThat(come.verdict().findings()).isEmpty();
    Files.createFile(home().folder().resolve("lost+found/found"));
    assertThatThrownBy(
            () -> Restore.into(home(), made.folder(), Optional.empty(), InstantSource.system()))
        .isInstanceOf(Usage.class)
        .hasMessageContaining("not empty");
  }

  @Test
  void a_backup_made_while_the_clock_was_ahead_is_not_taken_for_the_newest() throws Exception {
    fill();
    var ahead = Instant.now().plus(Duration.ofDays(3_650));
    var old =
        Backup.make(
            home(), new Backup.Order(folder.resolve("backups"), false, true), () -> ahead, "test");
    fill();
    var made = backup(true);
    assertThat(made.events()).isGreaterThan(old.events());
    assertThat(Kept.in(folder.resolve("backups")).folder()).isEqualTo(made.folder());
    var checked = Check.of(folder.resolve("backups"), Optional.empty());
    assertThat(checked.verdict().proven())
        .anyMatch(line -> line.contains(old.folder().getFileName() + " says that it was made"));
  }

  @Test
  void a_home_whose_key_is_about_to_give_way_is_not_signed_for_by_the_old_one() throws Exception {
    fill();
    var key = home().sealKey();
    byte[] old = Files.readAllBytes(key);
    try (var small = new SmallHome(home().folder(), SELDOM)) {
      small.seal.rotate();
    }
    Files.move(key, key.resolveSibling("seal.key.next"));
    Files.write(key, old); // as a crash leaves it, between the record and the key
    assertThatThrownBy(() -> backup(false))
        .isInstanceOf(BackupFault.class)
        .hasMessageContaining("start the centre once");
    fill();
    assertThat(Check.of(backup(false).folder(), Optional.empty()).verdict().findings()).isEmpty();
  }

  @Test
  void what_the_journal_set_aside_goes_along_and_is_told_by_who_restores_it() throws Exception {
    fill();
    byte[] before;
    Path last;
    try (Stream<Path> segments = Files.list(home().journal())) {
      last = segments.filter(f -> f.toString().endsWith(".seg")).sorted().toList().getLast();
      before = Files.readAllBytes(last);
    }
    byte[] bytes = before.clone();
    bytes[bytes.length - 1] ^= 1;
    Files.write(last, bytes);
    List<Quarantined> aside;
    try (var small = new SmallHome(home().folder(), SELDOM)) {
      aside = small.journal.quarantined();
    }
    assertThat(aside).hasSize(1);

    var made = backup(false);
    var piece = Path.of("quarantine", file(home().journal().resolve("quarantine")));
    assertThat(made.folder().resolve("home/journal").resolve(piece))
        .hasSameBinaryContentAs(home().journal().resolve(piece));
    var restored = new Home(folder.resolve("restored"));
    var come = Restore.into(restored, made.folder(), Optional.empty(), InstantSource.system());
    assertThat(come.verdict().findings()).isEqualTo(foundAtHome()).isNotEmpty();
    Files.delete(restored.unfinished());
    try (var small = new SmallHome(restored.folder(), SELDOM)) {
      assertThat(small.journal.quarantined()).isEqualTo(aside);
    }
  }

  private List<String> foundAtHome() {
    var key = SignerKey.read(home().sealKey()).verifier();
    try (var check = HomeCheck.open(home().journal(), home().seal(), key)) {
      return check.all().findings();
    }
  }

  private static String file(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.findFirst().orElseThrow().getFileName().toString();
    }
  }

  private static Digest.Opening bad(String end) {
    return file -> {
      var channel = Files.newByteChannel(file, StandardOpenOption.READ);
      return file.toString().endsWith(end) ? new Broken(channel) : channel;
    };
  }

  /** Gives a few bytes and no more. */
  private record Broken(SeekableByteChannel channel) implements SeekableByteChannel {
    private static final int GIVEN = 4;

    @Override
    public int read(ByteBuffer into) throws IOException {
      if (channel.position() >= GIVEN) {
        throw new IOException("Input/output error (made up)");
      }
      int limit = into.limit();
      into.limit(Math.min(limit, into.position() + GIVEN));
      int read = channel.read(into);
      into.limit(limit);
      return read;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      return channel.write(from);
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public SeekableByteChannel position(long to) throws IOException {
      channel.position(to);
      return this;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      channel.truncate(size);
      return this;
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private void fill() {
    try (var small = new SmallHome(home().folder(), SELDOM)) {
      for (int i = 0; i < 20; i++) {
        small.append("harbour", "line %d ".formatted(i) + "x".repeat(400), "and more");
      }
      small.settle();
    }
  }

  private Home home() {
    return new Home(folder.resolve("home"));
  }

  private Backup.Made backup(boolean shares) {
    return Backup.make(
        home(),
        new Backup.Order(folder.resolve("backups"), shares, true),
        InstantSource.system(),
        "test");
  }
}
