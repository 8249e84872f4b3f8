namespace Reeve.Core.Orchestration;

/// <summary>An ordered list of rules followed by the bookkeeping of every transition.</summary>
internal sealed class Policy<T>
    where T : Transition
{
    private readonly Rule<T>[][] byPair = new Rule<T>[StateSet.Size * StateSet.Size][];

    public Policy(Rule<T>[] rules, Rule<T>[] bookkeeping)
    {
        for (var from = 0; from < StateSet.Size; from++)
        {
            for (var to = 0; to < StateSet.Size; to++)
            {
                Rule<T>[] chosen = [.. rules.Where(rule => rule.From.ContainsIndex(from) && rule.To.ContainsIndex(to)), .. bookkeeping];
                byPair[(from * StateSet.Size) + to] = chosen;
            }
        }
    }

    /// <summary>
    /// Runs the rules that apply to the intended pair. The list is chosen once: when a rule puts a state of another type in
    /// the proposal's place, the rules after it are skipped, and the ones before it that had acted clean up.
    /// </summary>
    public void Run(T transition)
    {
        var intended = StateSet.IndexOf(transition.IntendedTo);
        var rules = byPair[(StateSet.IndexOf(transition.From) * StateSet.Size) + intended];

        // What each rule saw as the target when it was done; -1 for a rule that was skipped.
        Span<int> targets = stackalloc int[rules.Length];
        for (var i = 0; i < rules.Length; i++)
        {
            var rule = rules[i];
            if (!rule.IsTransform && StateSet.IndexOf(transition.Proposed?.Type) != intended)
            {
                targets[i] = -1;
                continue;
            }

            rule.Before(transition);
            targets[i] = StateSet.IndexOf(transition.Proposed?.Type);
        }

        var stored = StateSet.IndexOf(transition.Proposed?.Type);
        for (var i = rules.Length - 1; i >= 0; i--)
        {
            var rule = rules[i];
            if (rule.IsTransform || targets[i] == stored)
            {
                if (targets[i] >= 0 && rule.To.ContainsIndex(targets[i]))
                {
                    rule.After(transition);
                }
            }
            else if (targets[i] >= 0 && rule.To.ContainsIndex(targets[i]))
            {
                rule.Cleanup(transition);
            }
        }
    }
}
