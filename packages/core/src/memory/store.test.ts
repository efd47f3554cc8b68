import { storeConcurrencyContract } from '../testing/store-concurrency-contract.ts'
import { storeContract } from '../testing/store-contract/index.ts'
import { memoryStore } from './store.ts'

storeContract(memoryStore, { name: 'the memory store' })

storeConcurrencyContract(
  async (workers) => {
    const store = memoryStore()
    return { stores: Array(workers).fill(store), close: () => store.close() }
  },
  { name: 'the memory store shared by workers' },
)
