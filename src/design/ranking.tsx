/**
 * Where a script shows what is chosen as a list that can be moved, by dragging or with buttons. It stands in the form whose
 * numbered choices it keeps in step; without the script it is not there.
 */
export const Ranking = ({ most }: { most: number }) => (
  <div hidden data-ranking={most}>
    <div class="stack close">
      <h3 id="ranking">In your order</h3>
      <ol class="ranking" aria-labelledby="ranking" />
      <p class="hint">Move a run with its buttons, or drag it.</p>
    </div>
    <output class="unseen" />
  </div>
)
