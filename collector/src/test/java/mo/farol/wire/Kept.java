package mo.farol.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Base64;
import java.util.List;

/** Inputs that a fuzzer kept because each led further: a file of them beside a test. */
public final class Kept {
  private Kept() {}

  /** The inputs in {@code NAME.inputs} beside a class of that name, one a line in Base64. */
  public static List<byte[]> beside(Class<?> test) {
    String name = test.getSimpleName() + ".inputs";
    try (var in = test.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("there is no " + name);
      }
      return new String(in.readAllBytes(), US_ASCII)
          .lines()
          .map(Base64.getDecoder()::decode)
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
