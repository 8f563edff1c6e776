namespace RpcStore.EndToEnd.Clients;

/// <summary>The C# client over every endpoint.</summary>
public sealed class CSharpScenarioTests
{
    public static TheoryData<string> Transports => Scenarios.Transports;

    [Theory]
    [MemberData(nameof(Transports))]
    public Task Every_scenario_passes(string transport) => Scenarios.PlayAllAsync("C#", transport, CSharpScenarios.PlayAsync);
}
