/**
 * Attacks on SSH servers that were published, one class each, named after the attack. The oracle of
 * all: nobody gets in, and somebody honest logs in at once afterwards.
 */
package dev.gatehouse.attacks;
