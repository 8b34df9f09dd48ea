/**
 * Workspaces behind one port: make one run, tell how it goes, hand out the place where its sshd
 * listens.
 */
@NullMarked
package dev.gatehouse.workspace;

import org.jspecify.annotations.NullMarked;
