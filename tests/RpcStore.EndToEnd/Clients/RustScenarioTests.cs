namespace RpcStore.EndToEnd.Clients;

/// <summary>The Rust client over every endpoint.</summary>
[Collection<RustCollection>]
public sealed class RustScenarioTests(RustCrate crate)
{
    public static TheoryData<string> Transports => Scenarios.Transports;

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Every_scenario_passes(string transport)
    {
        await crate.BuildScenariosAsync();
        await Scenarios.PlayAllAsync("Rust", transport, scenario => Scenarios.PlayAsync(scenario, [crate.Scenarios], crate.Folder));
    }
}
