export { type ChannelAtWork, channelContract } from './channel-contract.ts'
export { type Circumstances, specify } from './specify.ts'
export { type SharedStore, storeConcurrencyContract } from './store-concurrency-contract.ts'
export { type Skip, type StoreContractOptions, storeContract } from './store-contract/index.ts'
