package mo.farol.identity;

import java.util.List;

/** What was issued and still stands. Asked by the thread {@code identity} only, so it may block. */
public interface Register {
  /** Certificates that are neither revoked nor over. */
  List<Issued> standing();
}
