package mo.farol.hunt;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test over a journal and an index of its own. */
abstract class OnGround {
  @TempDir Path folder;
  Ground ground;

  @BeforeEach
  void open() {
    ground = new Ground(folder.resolve("whole"));
  }

  @AfterEach
  void close() {
    ground.close();
  }
}
