package mo.farol.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only the owner reads what is written, whoever could read what stood there before. */
class OwnerOnlyTest {
  @TempDir Path home;

  @Test
  void new_folders_and_files_are_their_owners() throws IOException {
    var folder = home.resolve("a/b");
    var file = folder.resolve("key");
    OwnerOnly.makeFolder(folder);
    OwnerOnly.makeFolder(folder);
    OwnerOnly.write(file, new byte[] {1, 2});
    assertThat(permissions(home.resolve("a"))).isEqualTo("rwx------");
    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(Files.readAllBytes(file)).containsExactly(1, 2);
    assertThatThrownBy(() -> OwnerOnly.write(file, new byte[1]))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void a_file_that_all_could_read_is_replaced_by_one_of_its_owner() throws IOException {
    var file = Files.writeString(home.resolve("key"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    OwnerOnly.replace(file, new byte[] {3});
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(Files.readAllBytes(file)).containsExactly(3);
  }

  @Test
  void of_several_who_replace_at_once_one_is_the_last_and_no_draft_is_left() throws Exception {
    var file = home.resolve("key");
    try (var pool = Executors.newFixedThreadPool(4)) {
      var deeds =
          IntStream.range(0, 40)
              .<Callable<Path>>mapToObj(
                  i ->
                      () -> {
                        OwnerOnly.replace(
                            file, ("key " + i).repeat(500).getBytes(StandardCharsets.UTF_8));
                        return file;
                      })
              .toList();
      for (var done : pool.invokeAll(deeds)) {
        assertThat(done.get()).isEqualTo(file);
      }
    }
    assertThat(Files.readString(file)).matches("(key \\d+)\\1{499}");
    try (var files = Files.list(home)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void what_cannot_be_put_in_place_leaves_what_was_and_no_draft() throws IOException {
    var inTheWay = home.resolve("key");
    var inside = Files.createDirectories(inTheWay.resolve("full"));
    assertThatThrownBy(() -> OwnerOnly.replace(inTheWay, new byte[1]))
        .isInstanceOf(IOException.class);
    assertThat(inside).isDirectory();
    try (var files = Files.list(home)) {
      assertThat(files).containsExactly(inTheWay);
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
