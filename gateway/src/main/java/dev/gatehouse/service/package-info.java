/**
 * Services of a workspace: programs inside it that the first tunnel to them starts. What runs is
 * known to the workspace alone; a gateway asks it through its sshd, and keeps nothing but the start
 * that is under way and the pause after one that failed.
 */
@NullMarked
package dev.gatehouse.service;

import org.jspecify.annotations.NullMarked;
