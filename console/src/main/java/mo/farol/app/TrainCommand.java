package mo.farol.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.centre.Config;
import mo.farol.centre.Farol;
import mo.farol.centre.Folders;
import picocli.CommandLine.Command;

/**
 * {@code farol train}: a centre started in a fresh folder, on free ports, and ended at once. The
 * launcher runs it after a build, while the JVM notes the classes that a start needs.
 */
@Command(
    name = "train",
    hidden = true,
    description = "Starts and ends a centre, for the JVM to learn which classes a start needs.")
final class TrainCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    Path home = Files.createTempDirectory("farol-train-");
    try {
      Farol.open(Config.read(home, Optional.empty(), FreePorts.SETTINGS)).start().close();
    } finally {
      Folders.delete(home);
    }
    return 0;
  }
}
