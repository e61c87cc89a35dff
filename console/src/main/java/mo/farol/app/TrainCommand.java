package mo.farol.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import mo.farol.centre.Config;
import mo.farol.centre.Farol;
import mo.farol.centre.Folders;
import mo.farol.centre.Home;
import mo.farol.centre.Running;
import picocli.CommandLine.Command;

/**
 * {@code farol train}: a centre started in a fresh folder, on free ports, given {@link Lessons} and
 * ended. The launcher runs it after a build, while the JVM notes the classes that a start needs and
 * the methods that are busy then.
 */
@Command(
    name = "train",
    hidden = true,
    description = "Starts, tries and ends a centre, for the JVM to learn what a start needs.")
final class TrainCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("farol-train-");
    try {
      var config = Config.read(folder, Optional.empty(), FreePorts.SETTINGS);
      var home = new Home(folder);
      try (var centre = Farol.open(config).start();
          var client =
              new CentreClient(home, Running.needed(home), Tokens.local(config, "train"))) {
        new Lessons(centre, client).take();
      }
    } finally {
      Folders.delete(folder);
    }
    return 0;
  }
}
