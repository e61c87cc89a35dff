package mo.farol.search;

import java.util.List;
import mo.farol.pipe.Pipe;
import mo.farol.store.Clause;

/**
 * A query that was read.
 *
 * @param clause what events must be
 * @param pipes the stages after it
 */
record Asked(Clause clause, List<Pipe> pipes) {
  Asked {
    pipes = List.copyOf(pipes);
  }
}
