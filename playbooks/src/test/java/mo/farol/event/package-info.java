/** Where tests find the data that lies beside the project. */
@NullMarked
package mo.farol.event;

import org.jspecify.annotations.NullMarked;
