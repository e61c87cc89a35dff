package mo.farol.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mo.farol.centre.Home;

/** Whether a home is whole, and its owner's alone. */
final class HomeLook {
  private static final int SHOWN = 3;
  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("---rw-rw-");

  private HomeLook() {}

  static void at(Remarks remarks, Home home) throws IOException {
    if (Files.exists(home.unfinished())) {
      remarks.fail(
          "home",
          "a restore into %s did not end well: empty the folder and restore again, or remove its"
              + " file %s to take what is there",
          home.folder(),
          home.unfinished().getFileName());
    }
    String state = home.isHeld() ? "a centre runs on it" : "no centre runs on it";
    var owner = Files.getOwner(home.folder()).getName();
    String user = System.getProperty("user.name");
    if (owner.equals(user)) {
      remarks.ok("home", "%s, of %s; %s", home.folder(), owner, state);
    } else {
      remarks.warn(
          "home",
          "%s is %s's and this is %s: run the centre as its owner; %s",
          home.folder(),
          owner,
          user,
          state);
    }
    modes(remarks, home);
  }

  private static void modes(Remarks remarks, Home home) throws IOException {
    if (!Files.getFileStore(home.folder()).supportsFileAttributeView("posix")) {
      remarks.warn("rights", "this disk knows no owners: see that nobody else reads the home");
      return;
    }
    var open = new ArrayList<Path>();
    if (isOpen(home.folder())) {
      open.add(home.folder());
    }
    for (var folder : List.of(home.keys(), home.agencies())) {
      open.addAll(openIn(folder));
    }
    if (open.isEmpty()) {
      remarks.ok("rights", "nobody but its owner reads the home, its keys and what agencies get");
      return;
    }
    var shown = open.stream().limit(SHOWN).map(Path::toString).toList();
    remarks.fail(
        "rights",
        "others may read %s%s: chmod -R go= %s, and change the keys if somebody did",
        String.join(", ", shown),
        open.size() > SHOWN ? " and %d more".formatted(open.size() - SHOWN) : "",
        home.folder());
  }

  // Certificates are for everybody; keys are not.
  private static List<Path> openIn(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var open = new ArrayList<Path>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        boolean isSecret = name.endsWith(".key") || name.endsWith(".p12") || name.equals("key.pem");
        if (isSecret && isOpen(file)) {
          open.add(file);
        }
      }
    }
    return open;
  }

  private static boolean isOpen(Path file) throws IOException {
    return Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains);
  }
}
